namespace Duplex.Protocol.Handshake;

/// <summary>Specifies the result of an <see cref="UpgradeRequestReader"/> for the bytes received so far.</summary>
public enum HandshakeResult : byte
{
    /// <summary>The head is incomplete: read again with more bytes.</summary>
    NeedMore,

    /// <summary>The bytes are not a WebSocket request, and perhaps not HTTP; another protocol may handle them.</summary>
    NotAnUpgrade,

    /// <summary>The request is valid.</summary>
    Upgrade,

    /// <summary>The request must be rejected for the reader's fault.</summary>
    Invalid,
}

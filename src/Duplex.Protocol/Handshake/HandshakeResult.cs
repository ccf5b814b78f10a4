namespace Duplex.Protocol.Handshake;

/// <summary>What an <see cref="UpgradeRequestReader"/> says about the bytes so far.</summary>
public enum HandshakeResult : byte
{
    /// <summary>The head goes on: come back with more bytes.</summary>
    NeedMore,

    /// <summary>This is not a request for a WebSocket, perhaps not even HTTP: somebody else's.</summary>
    NotAnUpgrade,

    /// <summary>A valid request.</summary>
    Upgrade,

    /// <summary>A request that must be refused; the reader's fault says why.</summary>
    Invalid,
}

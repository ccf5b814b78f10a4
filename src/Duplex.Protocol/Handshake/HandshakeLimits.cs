namespace Duplex.Protocol.Handshake;

/// <summary>Represents the limits on the head of a handshake. The defaults are Kestrel's.</summary>
public sealed record HandshakeLimits
{
    /// <summary>The default limits.</summary>
    public static HandshakeLimits Default { get; } = new();

    /// <summary>The maximum number of bytes of the request line, the header fields and the empty line. Default 32,768.</summary>
    public int MaxHeadBytes { get; init; } = 32 * 1024;

    /// <summary>The maximum number of bytes of the request line. Default 8,192.</summary>
    public int MaxRequestLineBytes { get; init; } = 8 * 1024;

    /// <summary>The maximum number of header fields. Default 100.</summary>
    public int MaxHeaderCount { get; init; } = 100;
}

namespace Duplex.Protocol.Handshake;

/// <summary>Bounds on a handshake's head. The defaults are Kestrel's.</summary>
public sealed record HandshakeLimits
{
    /// <summary>The defaults.</summary>
    public static HandshakeLimits Default { get; } = new();

    /// <summary>Most bytes of request line, header fields and the empty line. Default 32,768.</summary>
    public int MaxHeadBytes { get; init; } = 32 * 1024;

    /// <summary>Most bytes of the request line. Default 8,192.</summary>
    public int MaxRequestLineBytes { get; init; } = 8 * 1024;

    /// <summary>Most header fields. Default 100.</summary>
    public int MaxHeaderCount { get; init; } = 100;
}

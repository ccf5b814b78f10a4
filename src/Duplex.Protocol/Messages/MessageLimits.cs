namespace Duplex.Protocol.Messages;

/// <summary>
/// Represents the limits on a peer's messages, which bound the memory of one message. Immutable: connections can share one
/// instance.
/// </summary>
public sealed record MessageLimits
{
    /// <summary>The default limits.</summary>
    public static MessageLimits Default { get; } = new();

    /// <summary>
    /// The largest message in bytes, after reassembly and inflation; a larger one closes the connection with 1009. 0 or
    /// more; default 65,536.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>The maximum number of frames of one message; more close the connection with 1008. 1 or more; default 4,096.</summary>
    public int MaxFragments { get; init; } = 4096;

    /// <summary>
    /// The maximum number of bytes of a compressed message on the wire. Incompressible data costs 5 bytes a block, so a
    /// well-behaved sender stays below; without this limit a message of empty blocks would never end.
    /// </summary>
    internal long MaxCompressedBytes => MaxMessageBytes + (MaxMessageBytes / 4L) + 1024;
}

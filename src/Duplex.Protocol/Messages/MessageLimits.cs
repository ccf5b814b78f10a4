namespace Duplex.Protocol.Messages;

/// <summary>Bounds on what a peer may make us hold for one message. Immutable: share one instance between connections.</summary>
public sealed record MessageLimits
{
    /// <summary>The defaults.</summary>
    public static MessageLimits Default { get; } = new();

    /// <summary>Largest message in bytes, after reassembly and inflation; a larger one is refused with 1009. 0 or more; default 65,536.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>Most frames that one message may be cut into; more are refused with 1008. 1 or more; default 4,096.</summary>
    public int MaxFragments { get; init; } = 4096;

    /// <summary>
    /// Most bytes that a compressed message may take on the wire. Deflate without gain costs 5 bytes a block, so an
    /// honest sender stays below; without this bound empty blocks would make a message that never ends.
    /// </summary>
    internal long MaxCompressedBytes => MaxMessageBytes + (MaxMessageBytes / 4L) + 1024;
}

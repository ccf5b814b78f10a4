namespace Duplex.Centrifuge.Codecs;

/// <summary>Bounds on what a command may hold. What lies beyond is a fault of the client.</summary>
public sealed record CodecLimits
{
    /// <summary>The bounds used where nothing else is said.</summary>
    public static CodecLimits Default { get; } = new();

    /// <summary>How deep a message may nest, without the payloads in it: what they may is <see cref="Messaging.Publications.JsonData.MaxDepth"/>, whatever they come in. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How many entries a map or list may have (connect subs, headers, filter values and nodes, tracked keys). Default 5000, the most keys a shared-poll client tracks.</summary>
    public int MaxEntries { get; init; } = 5000;
}

namespace Duplex.Centrifuge.Codecs;

/// <summary>Limits on the structure of a command. A command beyond a limit is a fault of the client.</summary>
internal sealed record CodecLimits
{
    /// <summary>The default limits.</summary>
    public static CodecLimits Default { get; } = new();

    /// <summary>The maximum nesting depth of a message, without its payloads, whose limit is <see cref="Messaging.Publications.JsonData.MaxDepth"/> in every encoding. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The maximum number of entries of the maps and lists in a message (connect subs, headers, filter values and nodes, tracked keys). Default 5000, the maximum number of keys that a shared-poll client tracks.</summary>
    public int MaxEntries { get; init; } = 5000;
}

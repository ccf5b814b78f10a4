using Duplex.Messaging.Brokers;

namespace Duplex.Messaging.Maps;

/// <summary>The retention of a map.</summary>
/// <param name="KeyTtl">Lifetime of an entry after its last change; zero: until it is removed.</param>
/// <param name="IsOrdered">Whether entries are ordered by score, then key; otherwise they are ordered by key alone and scores are dropped.</param>
/// <param name="Stream">The retention of the stream of changes; with size 0 there is no stream, and neither offsets nor an epoch.</param>
public sealed record MapStorageOptions(TimeSpan KeyTtl, bool IsOrdered, StreamOptions Stream)
{
    /// <summary>Maximum number of entries of a map; a further one is rejected. Default: no bound.</summary>
    public int MaxKeys { get; init; } = int.MaxValue;

    /// <summary>Maximum number of entries of a map that one client was the last to change; a further one is rejected. Default: no bound.</summary>
    public int MaxKeysPerClient { get; init; } = int.MaxValue;

    /// <summary>Whether a map beyond <see cref="StreamOptions.MaxChannels"/> is rejected when no empty map can be dropped. Default false: it is created.</summary>
    public bool RefusesChannels { get; init; }
}

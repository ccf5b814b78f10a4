using Duplex.Messaging.Brokers;

namespace Duplex.Messaging.Maps;

/// <summary>How a map is kept.</summary>
/// <param name="KeyTtl">How long an entry lives after its last change; zero: until it is removed.</param>
/// <param name="IsOrdered">Whether entries are ordered by score, then key; otherwise by key alone and scores are dropped.</param>
/// <param name="Stream">How the stream of changes is kept; of size 0 there is none, and neither offsets nor an epoch.</param>
public sealed record MapStorageOptions(TimeSpan KeyTtl, bool IsOrdered, StreamOptions Stream)
{
    /// <summary>Entries of a map; a further one is refused. Default: any number.</summary>
    public int MaxKeys { get; init; } = int.MaxValue;

    /// <summary>Entries of a map that one client was the last to change; a further one is refused. Default: any number.</summary>
    public int MaxKeysPerClient { get; init; } = int.MaxValue;

    /// <summary>Whether a map more than <see cref="StreamOptions.MaxChannels"/> is refused where no empty one can be dropped. Default false: it is made.</summary>
    public bool RefusesChannels { get; init; }
}

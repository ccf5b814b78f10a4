using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>What a step of a map subscription delivers.</summary>
/// <param name="Phase">The phase that the subscription is in after the step.</param>
/// <param name="Position">The position of the stream that the client has after the step.</param>
internal readonly record struct MapStepResult(SubscriptionPhase Phase, StreamPosition Position)
{
    /// <summary>A page of entries.</summary>
    public IReadOnlyList<Publication> State { get; init; } = [];

    /// <summary>The changes since the position that the client had.</summary>
    public IReadOnlyList<Publication> Changes { get; init; } = [];

    /// <summary>Where the next page of entries begins; empty after the last.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Whether the client had the map as of an earlier position and lost nothing.</summary>
    public bool IsRecovered { get; init; }
}

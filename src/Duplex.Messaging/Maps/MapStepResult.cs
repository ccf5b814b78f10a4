using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>The result of a step of a map subscription.</summary>
/// <param name="Phase">The phase of the subscription after the step.</param>
/// <param name="Position">The stream position that the client has after the step.</param>
internal readonly record struct MapStepResult(SubscriptionPhase Phase, StreamPosition Position)
{
    /// <summary>A page of entries.</summary>
    public IReadOnlyList<Publication> State { get; init; } = [];

    /// <summary>The changes since the position that the client had.</summary>
    public IReadOnlyList<Publication> Changes { get; init; } = [];

    /// <summary>The start of the next page of entries; empty after the last page.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Whether the client had the map as of an earlier position and missed nothing.</summary>
    public bool IsRecovered { get; init; }
}

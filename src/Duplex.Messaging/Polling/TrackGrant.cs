using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Polling;

/// <summary>Keys are tracked, as the reply says it.</summary>
/// <param name="Expires">Whether the right to track ends.</param>
/// <param name="TtlSeconds">When the first of the signatures expires; 0 when it has and only its grace is left.</param>
/// <param name="Items">What is newer than the client's versions.</param>
public sealed record TrackGrant(bool Expires, uint TtlSeconds, IReadOnlyList<Publication> Items)
{
    /// <summary>Whether deltas were granted.</summary>
    public bool Delta { get; init; }
}

using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Commands;

/// <summary>The result of a subscription's refresh or of a change of its tracked keys.</summary>
internal sealed class SubRefreshResult : Result
{
    /// <summary>Whether the subscription, or the right to track, expires again.</summary>
    public bool Expires { get; init; }

    /// <summary>Seconds until it expires.</summary>
    public uint TtlSeconds { get; init; }

    /// <summary>Entries that are newer than the versions the client has.</summary>
    public IReadOnlyList<Publication> Items { get; init; } = [];

    /// <summary>Whether deltas were granted: JSON then carries the items' data as strings. Not encoded itself.</summary>
    public bool Delta { get; init; }
}

using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>The part of a history to read. The default reads all retained publications.</summary>
/// <param name="Limit">Maximum number of publications, 0 or more; 0 reads the position alone, null reads all.</param>
/// <param name="Since">The position after which, or before which when <paramref name="IsReversed"/>, publications are read; null: the end at which the order starts.</param>
/// <param name="IsReversed">Whether the newest publication comes first.</param>
public readonly record struct HistoryQuery(int? Limit = null, StreamPosition? Since = null, bool IsReversed = false)
{
    /// <summary>The query that reads the position alone.</summary>
    public static HistoryQuery PositionOnly { get; } = new(0);
}

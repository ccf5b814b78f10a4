using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>The part of a history to read. The default reads all that is retained.</summary>
/// <param name="Limit">Maximum number of publications, 0 or more; 0 reads the position alone, null all.</param>
/// <param name="Since">Only publications after this position, or before it when <paramref name="IsReversed"/>; null: from the end at which the order starts.</param>
/// <param name="IsReversed">Newest first.</param>
public readonly record struct HistoryQuery(int? Limit = null, StreamPosition? Since = null, bool IsReversed = false)
{
    /// <summary>Reads the current position alone.</summary>
    public static HistoryQuery PositionOnly { get; } = new(0);
}

using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>Which part of a history to read.</summary>
/// <param name="Limit">Most publications to return; 0 returns the position alone, a negative number returns all.</param>
/// <param name="Since">Only publications after this position, or before it when <paramref name="IsReversed"/>; null: from the end the order starts at.</param>
/// <param name="IsReversed">Newest first.</param>
public readonly record struct HistoryQuery(int Limit, StreamPosition? Since = null, bool IsReversed = false)
{
    /// <summary>Asks for the current position alone.</summary>
    public static HistoryQuery PositionOnly => default;
}

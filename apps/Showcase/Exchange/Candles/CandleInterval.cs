namespace Showcase.Exchange.Candles;

/// <summary>A length of candles; their borders are whole multiples since 1970 in UTC.</summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Milliseconds">The length.</param>
public sealed record CandleInterval(string Name, long Milliseconds)
{
    /// <summary>All intervals, the shortest first.</summary>
    public static IReadOnlyList<CandleInterval> All { get; } =
    [
        new("1s", 1_000),
        new("1m", 60_000),
        new("5m", 5 * 60_000),
        new("15m", 15 * 60_000),
        new("1h", 60 * 60_000),
        new("4h", 4 * 60 * 60_000),
        new("1d", 24 * 60 * 60_000),
    ];

    /// <summary>The start of the interval that holds a time.</summary>
    public long OpenTimeOf(long time) => time - (time % Milliseconds);
}

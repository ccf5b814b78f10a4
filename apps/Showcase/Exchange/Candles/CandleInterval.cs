namespace Showcase.Exchange.Candles;

/// <summary>A candle length. Intervals are aligned to multiples of the length since 1970-01-01 UTC.</summary>
/// <param name="Name">The name that clients use.</param>
/// <param name="Milliseconds">The length in milliseconds.</param>
public sealed record CandleInterval(string Name, long Milliseconds)
{
    /// <summary>All intervals, shortest first.</summary>
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

    /// <summary>Returns the start of the interval that contains a time.</summary>
    public long OpenTimeOf(long time) => time - (time % Milliseconds);
}

namespace Showcase.Exchange.Candles;

/// <summary>A candle length and the time zone of its borders.</summary>
/// <param name="Name">The name that clients use.</param>
/// <param name="Milliseconds">The length in milliseconds; that of a month is nominal.</param>
/// <param name="Offset">The offset of the time zone from UTC in milliseconds. Times are UTC in every zone.</param>
public sealed record CandleInterval(string Name, long Milliseconds, long Offset = 0)
{
    private const long Second = 1_000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour, Week = 7 * Day, Month = 30 * Day;

    /// <summary>The suffix of the names of candles with borders at UTC+8.</summary>
    public const string East8Suffix = "@+08:00";

    // 1970-01-01 was a Thursday, and weeks begin on Mondays.
    private const long FirstMonday = 4 * Day;

    /// <summary>All intervals in UTC, shortest first; the last is the calendar month.</summary>
    public static IReadOnlyList<CandleInterval> All { get; } =
    [
        new("1s", Second),
        new("1m", Minute),
        new("3m", 3 * Minute),
        new("5m", 5 * Minute),
        new("15m", 15 * Minute),
        new("30m", 30 * Minute),
        new("1h", Hour),
        new("2h", 2 * Hour),
        new("4h", 4 * Hour),
        new("6h", 6 * Hour),
        new("8h", 8 * Hour),
        new("12h", 12 * Hour),
        new("1d", Day),
        new("3d", 3 * Day),
        new("1w", Week),
        new("1M", Month),
    ];

    /// <summary>The intervals whose borders are others at UTC+8.</summary>
    public static IReadOnlyList<CandleInterval> East8 { get; } =
        [.. All.Select(static interval => interval with { Name = interval.Name + East8Suffix, Offset = 8 * Hour }).Where(static interval => !interval.IsAlignedToUtc)];

    /// <summary>Returns the interval of a name in UTC, or null when the name is unknown.</summary>
    public static CandleInterval? Find(string? name) => All.FirstOrDefault(interval => interval.Name == name);

    /// <summary>Whether the intervals begin at the same times in UTC.</summary>
    public bool IsAlignedToUtc => Offset == 0 || (Milliseconds <= Day && Offset % Milliseconds == 0);

    private bool IsMonth => Milliseconds == Month;

    private long Origin => Milliseconds == Week ? FirstMonday : 0;

    /// <summary>Returns the start of the interval that contains a time.</summary>
    public long OpenTimeOf(long time)
    {
        var local = time + Offset - Origin;
        if (!IsMonth) return time - (((local % Milliseconds) + Milliseconds) % Milliseconds);
        var date = DateTimeOffset.FromUnixTimeMilliseconds(local);
        return new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() - Offset;
    }

    /// <summary>Returns the start of the interval that follows the one with this start.</summary>
    public long Next(long openTime) => IsMonth
        ? DateTimeOffset.FromUnixTimeMilliseconds(openTime + Offset).AddMonths(1).ToUnixTimeMilliseconds() - Offset
        : openTime + Milliseconds;
}

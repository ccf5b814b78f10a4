namespace Showcase.News.Feeds;

/// <summary>When a feed asks to be requested (RSS 2.0: ttl, skipHours and skipDays).</summary>
/// <param name="Wait">The time between two requests; null when the feed states none.</param>
/// <param name="SkippedHours">The hours of the day in UTC without requests.</param>
/// <param name="SkippedDays">The days of the week in UTC without requests.</param>
internal sealed record FeedSchedule(TimeSpan? Wait, IReadOnlyList<int> SkippedHours, IReadOnlyList<DayOfWeek> SkippedDays)
{
    /// <summary>The longest time that a request is put off. A feed that skips more than that is requested nevertheless.</summary>
    public static readonly TimeSpan MaxSkipped = TimeSpan.FromDays(3);

    private const long Hour = 3_600_000;

    /// <summary>Returns the earliest time that is not skipped, from a time in Unix milliseconds on.</summary>
    public long From(long time)
    {
        for (var at = time; at <= time + MaxSkipped.TotalMilliseconds; at = ((at / Hour) + 1) * Hour)
            if (DateTimeOffset.FromUnixTimeMilliseconds(at) is var hour && !SkippedHours.Contains(hour.Hour) && !SkippedDays.Contains(hour.DayOfWeek)) return at;
        return time;
    }
}

using Duplex.Configuration;

namespace Showcase.News;

/// <summary>Options of the news wire.</summary>
public sealed class NewsOptions
{
    /// <summary>The maximum number of stories; the oldest are removed. Default 5,000.</summary>
    [NumberRange(50, 1_000_000, "stories")]
    public int MaxStories { get; set; } = 5000;

    /// <summary>The maximum number of read marks of all users; the oldest are removed. Default 100,000.</summary>
    [NumberRange(1, 10_000_000, "marks")]
    public int MaxMarks { get; set; } = 100_000;

    /// <summary>The time between two requests of a feed that changes often. Default 10 minutes.</summary>
    [TimeRange("00:00:01", "1.00:00:00")]
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The time between two requests of a feed that rarely changes. Default 6 hours.</summary>
    [TimeRange("00:00:01", "1.00:00:00")]
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>The time over which the first requests of all feeds are spread. Default 30 seconds.</summary>
    [TimeRange("00:00:00", "01:00:00")]
    public TimeSpan StartSpread { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time in which a feed must arrive, with its redirects. Default 20 seconds.</summary>
    [TimeRange("00:00:01", "00:05:00")]
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The time between two breaking stories of the desk. Default 10 minutes.</summary>
    [TimeRange("00:00:00", "1.00:00:00")]
    public TimeSpan BreakingInterval { get; set; } = TimeSpan.FromMinutes(10);
}

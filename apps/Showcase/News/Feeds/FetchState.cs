namespace Showcase.News.Feeds;

/// <summary>What is stored of a feed, so that it is requested conditionally and not too early after a restart too.</summary>
/// <param name="ETag">The entity tag of the latest response.</param>
/// <param name="Modified">The time of the last modification of the latest response.</param>
/// <param name="Interval">The seconds between two requests.</param>
/// <param name="Next">The time of the next request, in Unix milliseconds.</param>
/// <param name="Schedule">When the feed asks to be requested; null when it was not read yet.</param>
internal sealed record FetchState(string? ETag, string? Modified, double Interval, long Next, FeedSchedule? Schedule = null);

namespace Showcase.News;

/// <summary>The log events of the news wire.</summary>
internal static partial class NewsLog
{
    [LoggerMessage(9900, LogLevel.Error, "The stories of {Source} were not stored; the feed is requested again at its next time.")]
    public static partial void SourceFailed(this ILogger logger, Exception exception, string source);

    [LoggerMessage(9901, LogLevel.Error, "An announcement was not stored as a story.")]
    public static partial void AnnouncementFailed(this ILogger logger, Exception exception);
}

namespace Showcase.Sports;

/// <summary>The log events of the matches.</summary>
internal static partial class SportsLog
{
    [LoggerMessage(9800, LogLevel.Error, "The matches were not continued; they are continued again within a second.")]
    public static partial void FeedFailed(this ILogger logger, Exception exception);
}

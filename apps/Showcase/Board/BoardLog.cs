namespace Showcase.Board;

/// <summary>The log events of the watch board.</summary>
internal static partial class BoardLog
{
    [LoggerMessage(9700, LogLevel.Error, "Quotes of the watch board were not published; the feed continues.")]
    public static partial void QuotesFailed(this ILogger logger, Exception exception);
}

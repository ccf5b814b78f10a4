namespace Showcase.Social;

/// <summary>The log events of the square.</summary>
internal static partial class SocialLog
{
    [LoggerMessage(9950, LogLevel.Error, "The bots, trends and notifications of the square failed once; the feed continues.")]
    public static partial void SquareFailed(this ILogger logger, Exception exception);
}

namespace Showcase.News.Feeds;

/// <summary>A feed cannot be had or read; the message is a sentence for readers of the wire.</summary>
internal sealed class FeedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The time for which the server of the feed asks to wait; null when it states none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

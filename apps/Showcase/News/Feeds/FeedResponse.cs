namespace Showcase.News.Feeds;

/// <summary>The response of a feed's server.</summary>
/// <param name="Body">The feed; null when it has not changed.</param>
/// <param name="ETag">The entity tag, to be sent with the next request.</param>
/// <param name="Modified">The time of the last modification as the server wrote it, to be sent with the next request.</param>
/// <param name="MaxAge">The time for which the response is fresh; null when it is not stated.</param>
internal sealed record FeedResponse(byte[]? Body, string? ETag, string? Modified, TimeSpan? MaxAge);

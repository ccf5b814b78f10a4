using Showcase.News.Stories;

namespace Showcase.News.Feeds;

/// <summary>What a feed contains.</summary>
/// <param name="Items">The items, oldest first.</param>
/// <param name="Refresh">The time for which the feed asks its readers to wait; null when it states none.</param>
internal sealed record FeedContent(IReadOnlyList<Item> Items, TimeSpan? Refresh);

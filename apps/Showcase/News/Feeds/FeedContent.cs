using Showcase.News.Stories;

namespace Showcase.News.Feeds;

/// <summary>What a feed contains.</summary>
/// <param name="Items">The items, oldest first.</param>
/// <param name="Schedule">When the feed asks to be requested.</param>
internal sealed record FeedContent(IReadOnlyList<Item> Items, FeedSchedule Schedule);

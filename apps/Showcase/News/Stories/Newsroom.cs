using Duplex.Messaging;

namespace Showcase.News.Stories;

/// <summary>Stores and publishes stories; only within a turn of the store, so that publications have the order of the changes.</summary>
internal sealed class Newsroom(StoryStore store, IHub hub, TimeProvider time)
{
    /// <summary>The channel of the stories.</summary>
    public const string Wire = "news:wire";

    /// <summary>The present in Unix milliseconds.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Stores an item of a source, and publishes the story that it changes.</summary>
    /// <param name="item">The item.</param>
    /// <param name="source">The id of the source.</param>
    /// <param name="topic">The topic of an item without one.</param>
    /// <param name="isPublished">Whether a new story is published; one that is not is in the list from the next subscription on.</param>
    /// <returns>The story that changed; null when none did.</returns>
    public Task<Story?> TakeAsync(Item item, string source, string topic, bool isPublished = true) => TakeAsync(
        item,
        new(0, 0, item.Title, item.Summary, source, item.Topic ?? topic, Math.Min(item.Time ?? Now, Now)) { Link = item.Link, Lang = item.Lang },
        isPublished);

    /// <inheritdoc cref="TakeAsync(Item, string, string, bool)"/>
    public async Task<Story?> TakeAsync(Item item, Story draft, bool isPublished = true)
    {
        var story = store.Take(item, draft, Now);
        if (story is not null && (isPublished || story.Revision > 1)) await PublishAsync(story);
        return story;
    }

    /// <summary>Stores and publishes a changed story.</summary>
    public async Task<Story> ChangeAsync(Story story)
    {
        var changed = store.Change(story);
        await PublishAsync(changed);
        return changed;
    }

    private async Task PublishAsync(Story story)
    {
        var type = story.Retracted is not null ? "retract" : story.Revision == 1 ? "story" : "update";
        var tags = new Dictionary<string, string> { ["topic"] = story.Topic, ["source"] = story.Source, ["breaking"] = story.IsBreaking ? "1" : "0" };
        if (story.Lang is not null) tags["lang"] = story.Lang;
        await hub.PublishAsync(Wire, new StoryEvent(type, story), new() { Tags = tags });
    }
}

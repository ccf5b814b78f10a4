using Duplex.Messaging;
using Showcase.Applications;
using Showcase.News.Feeds;
using Showcase.News.Stories;

namespace Showcase.News;

/// <summary>Stores and publishes the announcements of the other applications as stories.</summary>
internal sealed class EventDesk(Announcements announcements, StoryStore store, Newsroom newsroom, Fetcher fetcher, IHub hub, ILogger<EventDesk> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var announced in announcements.ReadAllAsync(() => hub.Channels.List(Newsroom.Wire).Count > 0, stoppingToken))
        {
            try
            {
                using var turn = await store.Turns.TakeAsync(stoppingToken);
                var item = new Item(announced.Id, announced.Title, announced.Summary, announced.Topic, null, announced.Path, "en");
                if (await newsroom.TakeAsync(item, OwnSource.Events.Id, announced.Topic) is not null) await fetcher.CountAsync(OwnSource.Events);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.AnnouncementFailed(exception);
            }
        }
    }
}

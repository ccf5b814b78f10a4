using Duplex.Messaging;
using Microsoft.Extensions.Options;
using Showcase.Social.Bots;
using Showcase.Social.Notifications;
using Showcase.Social.Posts;
using Showcase.Waiting;

namespace Showcase.Social;

/// <summary>
/// Runs the bots, and publishes trends and notifications, while a page of the square is open. While none is, it only waits: what
/// others do meanwhile is stored, and a page reads it when it opens.
/// </summary>
internal sealed class SocialFeed(SocialStore store, IHub hub, IOptions<SocialOptions> options, TimeProvider time, ILogger<SocialFeed> logger) : BackgroundService
{
    private const int TrendTicks = 5, NotificationTicks = 2, MaxTrends = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1), Grace = TimeSpan.FromSeconds(10), Trending = TimeSpan.FromHours(1);

    private readonly Watch _watch = new(
        time, Grace, () => ((string[])["changes:posts", "square:all", "trends:all"]).Any(channel => hub.Channels.List(channel).Count > 0));
    private readonly BotCrowd _bots = new(store);
    private readonly HashSet<NotificationKey> _changed = [];
    private List<Trend> _trends = [];
    private long _ticks;

    /// <summary>Whether nothing runs, because no page of the square is open.</summary>
    public bool IsIdle => _watch.IsIdle;

    /// <summary>Starts the bots, trends and notifications when they wait. The caller watches from now on.</summary>
    public void Wake() => _watch.Wake();

    /// <summary>Returns the tags that most people used within the last hour; only within a turn.</summary>
    public IReadOnlyList<Trend> Trends() => store.Posts.Trends(Now - (long)Trending.TotalMilliseconds, MaxTrends);

    /// <summary>Gathers in a notification what a person has done or withdrawn; only within a turn. It is published with the next of them.</summary>
    public void Notify(NotificationKey key, string actor, string name, bool on)
    {
        if (key.Owner == actor || Bot.Find(key.Owner) is not null || store.Relations.IsHidden(key.Owner, actor)) return;
        store.Notifications.Gather(key, name, on, Now);
        if (hub.Channels.List($"notifications:#{key.Owner}").Count > 0) _changed.Add(key);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _watch.WaitAsync(stoppingToken);
            await RunAsync(stoppingToken);
            await Task.Delay(Tick, time, stoppingToken);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await store.Turns.TakeAsync(cancellationToken);
            if (options.Value.Bots) foreach (var post in store.Write(() => _bots.Act(Now))) await hub.PublishPostAsync(store, post);
            if (_ticks % NotificationTicks == 0) await PublishNotificationsAsync();
            if (_ticks++ % TrendTicks == 0) await PublishTrendsAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.SquareFailed(exception);
        }
    }

    // However many people like a post at once, its author receives one publication every two seconds.
    private async Task PublishNotificationsAsync()
    {
        foreach (var key in _changed)
            await hub.PublishAsync($"notifications:#{key.Owner}", new NotificationEvent(store.Notifications.Find(key)), new() { Key = $"{key.Kind}{key.Post}" });
        _changed.Clear();
    }

    private async Task PublishTrendsAsync()
    {
        var trends = Trends();
        if (trends.SequenceEqual(_trends)) return;
        _trends = [.. trends];
        await hub.PublishAsync("trends:all", trends);
    }
}

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

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1), Trending = TimeSpan.FromHours(1);

    // A subscriber is counted a moment after its handler, and a page whose line was cut finds the square as it was.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Pulse _woken = new();
    private readonly BotCrowd _bots = new(store);
    private readonly HashSet<NotificationKey> _changed = [];
    private List<Trend> _trends = [];
    private long _awakeUntil, _ticks;
    private bool _isIdle;

    /// <summary>Whether nothing runs, because no page of the square is open.</summary>
    public bool IsIdle => Volatile.Read(ref _isIdle);

    /// <summary>Starts the bots, trends and notifications when they wait. The caller watches from now on.</summary>
    public void Wake()
    {
        Volatile.Write(ref _awakeUntil, Now + (long)Grace.TotalMilliseconds);
        _woken.Give();
    }

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
            var woken = _woken.Next;
            if (!IsWatched)
            {
                Volatile.Write(ref _isIdle, true);
                await woken.WaitAsync(stoppingToken);
                Volatile.Write(ref _isIdle, false);
            }

            await RunAsync(stoppingToken);
            await Task.Delay(Tick, time, stoppingToken);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private bool IsWatched => Now < Volatile.Read(ref _awakeUntil)
        || ((string[])["changes:*", "square:*", "trends:*"]).Any(pattern => hub.Channels.List(pattern).Count > 0);

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

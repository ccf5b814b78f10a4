using System.Globalization;
using System.Text.Json;
using Duplex.Messaging;
using Microsoft.Extensions.Options;
using Showcase.News.Stories;

namespace Showcase.News.Feeds;

/// <summary>Requests the operator's feeds again and again, each at its own interval, and stores and publishes what is new.</summary>
internal sealed class Fetcher(
    IReadOnlyList<FeedSource> sources, StoryStore store, Newsroom newsroom, FeedClient client, IHub hub, IOptions<NewsOptions> options, TimeProvider time,
    ILogger<Fetcher> logger) : BackgroundService
{
    /// <summary>The channel of the list of sources.</summary>
    public const string Sources = "sources:all";

    // A feed that changes all of its keys must not flood the readers.
    private const int MaxPublished = 20, MaxParallel = 4;
    private const double Slower = 1.5, Faster = 0.5;
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _parallel = new(MaxParallel);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using (await store.Turns.TakeAsync(cancellationToken)) await ImportAsync();
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Requests a feed, and stores and publishes what is new.</summary>
    /// <returns>The time of its next request.</returns>
    public async Task<long> RequestAsync(FeedSource source, CancellationToken cancellationToken)
    {
        var state = await StateAsync(source, cancellationToken);
        try
        {
            var response = await client.GetAsync(source.Address, state.ETag, state.Modified, cancellationToken);
            var content = response.Body is { } body ? FeedReader.Read(body, source.Address, time.GetUtcNow()) : null;
            using var turn = await store.Turns.TakeAsync(cancellationToken);
            var changed = content is null ? 0 : await TakeAsync(source, content.Items);
            var words = changed > 0 ? changed == 1 ? "1 story is new or changed." : $"{changed} stories are new or changed."
                : content is null ? "The feed has not changed (304)." : "The feed was sent again, with nothing new.";
            var next = state with { ETag = response.ETag, Modified = response.Modified, Schedule = content?.Schedule ?? state.Schedule };
            return await EndAsync(source, next, changed > 0 ? SourceState.New : SourceState.Unchanged, words, changed > 0 ? Faster : Slower, response.MaxAge);
        }
        catch (FeedException exception)
        {
            using var turn = await store.Turns.TakeAsync(cancellationToken);
            return await EndAsync(source, state, SourceState.Failed, exception.Message, Slower, exception.RetryAfter);
        }
    }

    /// <summary>Publishes the number of stories of a source that is part of the showcase; only within a turn.</summary>
    public Task CountAsync(OwnSource source) => PublishAsync(new(source.Id, source.Name, source.About, SourceState.Own) { Stories = store.CountOf(source.Id) });

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _parallel.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(sources.Select(source => RunAsync(source, stoppingToken)));

    private async Task ImportAsync()
    {
        foreach (var (source, item) in OwnSource.Read(time.GetUtcNow())) await newsroom.TakeAsync(item, source.Id, "showcase", isPublished: false);
        foreach (var source in OwnSource.All) await CountAsync(source);
        foreach (var source in sources)
        {
            var state = StateOf(source);
            Save(source, state);
            await PublishAsync(EntryOf(source, SourceState.Waiting) with { Next = state.Next });
        }
    }

    private async Task RunAsync(FeedSource source, CancellationToken stoppingToken)
    {
        var next = (await StateAsync(source, stoppingToken)).Next;
        while (true)
        {
            // A time that is further ahead than any wait was stored while the wall clock was ahead.
            var wait = TimeSpan.FromMilliseconds(Math.Max(next - newsroom.Now, 0));
            await Task.Delay(wait > MaxWait + FeedSchedule.MaxSkipped ? options.Value.MinInterval : wait, time, stoppingToken);
            await _parallel.WaitAsync(stoppingToken);
            try
            {
                next = await RequestAsync(source, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.SourceFailed(exception, source.Name);
                next = newsroom.Now + (long)options.Value.MinInterval.TotalMilliseconds;
            }
            finally
            {
                _parallel.Release();
            }
        }
    }

    private async Task<FetchState> StateAsync(FeedSource source, CancellationToken cancellationToken)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        return StateOf(source);
    }

    private async Task<int> TakeAsync(FeedSource source, IReadOnlyList<Item> items)
    {
        var (changed, isFirst) = (0, store.CountOf(source.Id) == 0);
        foreach (var item in items)
            if (await newsroom.TakeAsync(item, source.Id, source.Topic, isPublished: !isFirst && changed < MaxPublished) is not null) changed++;
        return changed;
    }

    private async Task<long> EndAsync(FeedSource source, FetchState state, SourceState outcome, string words, double factor, TimeSpan? wait)
    {
        var interval = Math.Clamp(state.Interval * factor, options.Value.MinInterval.TotalSeconds, options.Value.MaxInterval.TotalSeconds);
        var asked = Math.Max(wait?.TotalSeconds ?? 0, state.Schedule?.Wait?.TotalSeconds ?? 0);
        var at = newsroom.Now + (long)(Math.Max(interval, Math.Min(asked, MaxWait.TotalSeconds)) * 1000);
        var next = state with { Interval = interval, Next = state.Schedule?.From(at) ?? at };
        Save(source, next);
        await PublishAsync(EntryOf(source, outcome) with { Words = words, Checked = newsroom.Now, Next = next.Next });
        return next.Next;
    }

    private FetchState StateOf(FeedSource source)
    {
        if (store.SourceState(source.Address.AbsoluteUri) is { } stored) return JsonSerializer.Deserialize(stored, NewsJson.Default.FetchState)!;

        // The hash spreads the first requests, so that a start does not make them all at once.
        var share = uint.Parse(Item.HashOf(source.Address.AbsoluteUri).AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / (double)uint.MaxValue;
        return new(null, null, options.Value.MinInterval.TotalSeconds, newsroom.Now + (long)(share * options.Value.StartSpread.TotalMilliseconds));
    }

    private void Save(FeedSource source, FetchState state) =>
        store.SaveSource(source.Address.AbsoluteUri, JsonSerializer.Serialize(state, NewsJson.Default.FetchState));

    private SourceEntry EntryOf(FeedSource source, SourceState state) =>
        new(source.Id, source.Name, $"A feed of {source.Address.Host}.", state) { Stories = store.CountOf(source.Id) };

    private async Task PublishAsync(SourceEntry entry) => await hub.Maps.PublishAsync(Sources, entry.Id, entry);
}

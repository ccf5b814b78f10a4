using System.Text.Json;
using Duplex.Messaging;
using Duplex.Messaging.Publications;
using Showcase.Board.Market;
using Showcase.Board.Watching;
using Showcase.Waiting;

namespace Showcase.Board;

/// <summary>
/// Publishes the quotes while somebody watches, and compares them with the alerts. While nobody watches it only waits; what the
/// prices did meanwhile is computed when somebody returns, so alerts fire as if the feed had run.
/// </summary>
internal sealed class QuoteFeed(Quotes quotes, WatchStore store, IHub hub, TimeProvider time, ILogger<QuoteFeed> logger) : BackgroundService
{
    // In milliseconds: the count of subscribers, the interval that has a quote of each instrument, and the steps in which a pause
    // is evaluated.
    private const long CheckInterval = 1000, LongestDelay = 2000, PastStep = 60_000, LongestPast = 24 * 60 * PastStep;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    // A slow reader of the first receives the latest quote of each instrument; for one of the second every quote is queued.
    private static readonly string[] Channels = ["board:all", "board-queued:all"];
    private static readonly PublishOptions[] Options = [.. Universe.All.Select(static instrument => new PublishOptions
    {
        Key = instrument.Symbol,
        Tags = new Dictionary<string, string> { ["sector"] = instrument.Sector, ["symbol"] = instrument.Symbol },
    })];

    private readonly Lock _lock = new();
    private readonly Pulse _woken = new();
    private bool _isAwake;
    private long _awakeUntil, _published;
    private long? _evaluated;

    /// <summary>Whether the feed runs.</summary>
    public bool IsAwake
    {
        get
        {
            lock (_lock) return _isAwake;
        }
    }

    /// <summary>Returns the quotes with which a subscription begins. Every later quote is published: a feed that waits starts.</summary>
    public QuotesData Begin(IEnumerable<Instrument> instruments)
    {
        lock (_lock)
        {
            if (!_isAwake) (_isAwake, _published) = (true, Now);
            _awakeUntil = Now + CheckInterval;
        }

        _woken.Give();

        // Read after the feed has started, so each quote is among these or published.
        var now = Now;
        return new([.. instruments.Select(instrument => quotes.Latest(instrument, now))]);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var woken = _woken.Next;
            if (StaysAwake()) await RunAsync(stoppingToken);
            else await woken.WaitAsync(stoppingToken);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                await PublishAsync(cancellationToken);
                await EvaluateAsync(_published, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.QuotesFailed(exception);
            }
        }
        while (StaysAwake() && await timer.WaitForNextTickAsync(cancellationToken));
    }

    // The subscribers are counted once a second.
    private bool StaysAwake()
    {
        lock (_lock)
        {
            var now = Now;
            if (!_isAwake || now < _awakeUntil) return _isAwake;
            _isAwake = Channels.Any(channel => hub.Channels.List(channel).Count > 0);
            _awakeUntil = now + CheckInterval;
            return _isAwake;
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        // The wall clock can step back; the quotes must not.
        var (since, now) = (_published, Math.Max(_published, Now));
        _published = now;

        // A process that stood still publishes only the latest quotes of the time that it missed.
        var from = Math.Max(since, now - LongestDelay);
        foreach (var instrument in Universe.All)
        {
            foreach (var time in quotes.TimesAfter(instrument, from, now))
            {
                var quote = JsonSerializer.SerializeToUtf8Bytes(quotes.At(instrument, time), BoardJson.Default.Quote);
                await hub.BroadcastAsync(Channels, quote, Options[instrument.Number], cancellationToken);
            }
        }
    }

    // Compares every quote since the last evaluation with the alerts; after a pause, the price of each minute of it.
    private async Task EvaluateAsync(long now, CancellationToken cancellationToken)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        foreach (var instrument in store.WaitingSymbols.Select(Universe.Find).OfType<Instrument>().ToList())
        {
            var since = _evaluated ?? store.WaitingFor(instrument.Symbol).Min(static owned => owned.Alert.Created);
            var times = now - since <= PastStep ? quotes.TimesAfter(instrument, since, now) : Minutes(Math.Max(since, now - LongestPast), now);
            foreach (var time in times) await FireAsync(instrument, time);
        }

        _evaluated = now;
    }

    private static IEnumerable<long> Minutes(long since, long now)
    {
        for (var at = since + PastStep; at <= now; at += PastStep) yield return at;
    }

    private async Task FireAsync(Instrument instrument, long at)
    {
        var price = quotes.PriceAt(instrument, at);
        foreach (var owned in store.WaitingFor(instrument.Symbol).Where(owned => owned.Alert.Created <= at && owned.Alert.IsReachedBy(price)).ToList())
        {
            var fired = store.Fire(owned, quotes.At(instrument, at));
            await hub.PublishAsync(BoardEndpoints.WatchChannelOf(owned.User), new AlertEvent(fired), new() { Key = fired.Id });
        }
    }
}

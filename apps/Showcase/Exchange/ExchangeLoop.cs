using System.Threading.Channels;
using Duplex.Messaging;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Options;
using Showcase.Exchange.Streams;

namespace Showcase.Exchange;

/// <summary>
/// The single writer of the exchange. It executes commands one at a time, advances the simulated market between them and
/// publishes the outcome. Callers await their result without blocking a thread.
/// </summary>
public sealed partial class ExchangeLoop : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly DateTimeOffset IdsBegin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly IHub _hub;
    private readonly TimeProvider _time;
    private readonly ILogger<ExchangeLoop> _logger;
    private readonly Channel<Command> _commands;
    private readonly Venue _venue;
    private readonly ExchangeStreams _streams;
    private readonly Advance _advance = new();
    private long _now;

    public ExchangeLoop(IHub hub, ExchangeStreams streams, TimeProvider time, IOptions<ExchangeOptions> options, ILogger<ExchangeLoop> logger)
    {
        (_hub, _streams, _time, _logger) = (hub, streams, time, logger);
        _commands = Channel.CreateBounded<Command>(new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true });
        _now = time.GetUtcNow().ToUnixTimeMilliseconds();
        _venue = new Venue(options.Value, _now, LastIdAt(_now));
        _streams.Attach(_venue, _now);
    }

    /// <summary>The number of demo accounts.</summary>
    public int AccountCount => _venue.Accounts.Count;

    /// <summary>Runs work on the exchange's state. An exception of the work is thrown to the caller.</summary>
    /// <exception cref="ClientException">429 when the queue of commands is full.</exception>
    public Task<TResult> RunAsync<TResult>(Func<Venue, long, TResult> work)
    {
        var command = new Command<TResult>(work);
        return _commands.Writer.TryWrite(command)
            ? command.Result
            : throw new ClientException(429, "The exchange is busy: try again in a moment.", isTemporary: true);
    }

    /// <summary>
    /// Returns the book of a symbol as JSON. A caller that reads it after joining the channel receives every later change.
    /// All callers between two publications share one snapshot, and only the first of them needs the writer.
    /// </summary>
    /// <exception cref="ClientException">404 when the symbol is unknown, or 429 when the queue of commands is full.</exception>
    public ValueTask<byte[]> SnapshotAsync(string symbol)
    {
        var data = _venue.Find(symbol).Data;
        return data.LatestSnapshot is { } latest ? new(latest) : new(RunAsync((_, _) => data.Snapshot()));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = _time.CreateTimer(_ => RequestAdvance(), null, Tick, Tick);
        try
        {
            await foreach (var command in _commands.Reader.ReadAllAsync(stoppingToken)) await ExecuteAsync(command, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task ExecuteAsync(Command command, CancellationToken stoppingToken)
    {
        // The wall clock can step back; the times of trades and candles must not.
        _now = Math.Max(_now, _time.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            command.Run(_venue, _now);
            _streams.Publish(_now);
            while (_venue.Outbox.TryTake(out var message))
                await _hub.PublishAsync(message.Channel, message.Message, OptionsOf(message.Key), stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ExchangeCommandFailed(exception);
        }
    }

    // Orders and trades do not survive a restart, but their ids are never reused, so an id that a page still holds cannot
    // refer to a different order. Fewer than one id per millisecond is assigned.
    private static long LastIdAt(long now) => Math.Max(0, now - IdsBegin.ToUnixTimeMilliseconds());

    private static PublishOptions? OptionsOf(string? key) => key is null ? null : new PublishOptions { Key = key };

    private void RequestAdvance()
    {
        // One pending request is enough however late the writer is. When the queue is full, the next tick retries.
        if (_advance.TryRequest() && !_commands.Writer.TryWrite(_advance)) _advance.Withdraw();
    }

    [LoggerMessage(9000, LogLevel.Error, "An exchange command failed; the market continues.")]
    private partial void ExchangeCommandFailed(Exception exception);

    private sealed class Advance : Command
    {
        private int _isRequested;

        public bool TryRequest() => Interlocked.Exchange(ref _isRequested, 1) == 0;

        public void Withdraw() => Volatile.Write(ref _isRequested, 0);

        public override void Run(Venue venue, long now)
        {
            Withdraw();
            venue.Advance(now);
        }
    }
}

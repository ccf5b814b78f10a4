using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Connections;
using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Probing;
using Duplex.EventLoop.Transport;
using Duplex.Execution;
using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Loops;

/// <summary>The loops of a process. A new connection is assigned to the loop with the fewest.</summary>
internal sealed class LoopGroup : IAsyncDisposable
{
    private readonly Loop[] _loops;
    private readonly Watchdog _watchdog;
    private int _last;

    private LoopGroup(Loop[] loops, TimeProvider time, ILogger logger)
    {
        _loops = loops;
        _watchdog = new Watchdog(loops, time, logger);
    }

    public IReadOnlyList<Loop> Loops => _loops;

    /// <summary>Sets the limits on connections and WebSockets that all loops share. Called before the first connection.</summary>
    public void Limit(ConnectionBudget connections, ConnectionBudget webSockets)
    {
        foreach (var loop in _loops) (loop.Connections, loop.WebSockets) = (connections, webSockets);
    }

    /// <summary>Selects a back end, logs it in one entry and starts the loops.</summary>
    /// <param name="options">The back end and the number of loops.</param>
    /// <param name="time">The clock of the loops' timers.</param>
    /// <param name="logger">Receives the entries of the loops.</param>
    /// <param name="onFailed">Called when the back end of a loop fails permanently.</param>
    /// <returns>The running loops; null when Kestrel serves alone.</returns>
    /// <exception cref="PlatformNotSupportedException">The back end that the options require is not available.</exception>
    public static async Task<LoopGroup?> StartAsync(EventLoopOptions options, TimeProvider time, ILogger logger, Action? onFailed = null)
    {
        if (options.BackEnd == EventLoopBackEnd.None)
        {
            logger.KestrelAlone("EventLoopOptions.BackEnd is None.");
            return null;
        }

        return await StartAsync(Candidate.For(options.BackEnd), options, time, logger, onFailed).ConfigureAwait(false);
    }

    /// <summary>Starts loops on the first candidate that is available.</summary>
    internal static async Task<LoopGroup?> StartAsync(
        IReadOnlyList<Candidate> candidates, EventLoopOptions options, TimeProvider time, ILogger logger, Action? onFailed = null)
    {
        var count = options.Loops;
        var refusals = new List<string>();
        foreach (var candidate in candidates)
        {
            var loops = Enumerable.Range(0, count).Select(i => new Loop(i, candidate.Create, time, logger, onFailed)).ToArray();
            var refusal = BackEndProbe.Refusal(candidate.Create) ?? await TryStartAsync(loops).ConfigureAwait(false);
            if (refusal is null)
            {
                if (refusals.Count == 0) logger.LoopsStarted(count, candidate.Name);
                else logger.LoopsFellBack(count, candidate.Name, string.Join(' ', refusals));
                return new LoopGroup(loops, time, logger);
            }

            refusals.Add($"{candidate.Name}: {refusal}");
        }

        var reasons = string.Join(' ', refusals);
        if (options.BackEnd != EventLoopBackEnd.Automatic)
            throw new PlatformNotSupportedException($"The requested event loops are not available. {reasons}");
        logger.KestrelAlone(reasons);
        return null;
    }

    /// <summary>Returns the loop with the fewest connections, the next in turn among equals, and counts a connection on it.</summary>
    public Loop AssignLoop()
    {
        var least = _loops[(_last + 1) % _loops.Length];
        for (var i = 2; i <= _loops.Length; i++)
        {
            var loop = _loops[(_last + i) % _loops.Length];
            if (Volatile.Read(ref loop.Load) < Volatile.Read(ref least.Load)) least = loop;
        }

        _last = least.Number;
        Interlocked.Increment(ref least.Load);
        return least;
    }

    /// <summary>Notifies every connection that the host stops, so that its handler can close it.</summary>
    public void CloseConnections()
    {
        foreach (var loop in _loops)
        {
            // Connections that open from then on are notified when they do.
            loop.Post(static stopping => stopping.IsHostStopping = true, loop);
            loop.Post(new ForEachConnection(loop, static connection => connection.OnStopping()));
        }
    }

    /// <summary>Aborts the remaining connections and ends the threads.</summary>
    public async ValueTask DisposeAsync()
    {
        _watchdog.Dispose();
        foreach (var loop in _loops) loop.Post(new ForEachConnection(loop, static connection => connection.Abort()));
        await Task.WhenAll(_loops.Select(loop => loop.StopAsync())).ConfigureAwait(false);
    }

    /// <returns>The reason why no loop runs; null when all run.</returns>
    private static async Task<string?> TryStartAsync(Loop[] loops)
    {
        try
        {
            await Task.WhenAll(loops.Select(loop => loop.StartAsync())).ConfigureAwait(false);
            return null;
        }
        catch (BackEndException exception)
        {
            await Task.WhenAll(loops.Select(loop => loop.StopAsync())).ConfigureAwait(false);
            return exception.Message;
        }
    }

    private sealed class ForEachConnection(Loop loop, Action<LoopConnection> action) : IShardWork
    {
        public void Run() => loop.BackEnd.ForEach(events =>
        {
            if (events is not LoopConnection connection) return;
            try
            {
                action(connection);
            }
            catch (Exception exception)
            {
                loop.Report(exception);
            }
        });
    }
}

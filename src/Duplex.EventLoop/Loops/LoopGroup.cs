using Duplex.EventLoop.Connections;
using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Polling;
using Duplex.EventLoop.Probing;
using Duplex.EventLoop.Transport;
using Duplex.EventLoop.Uring;
using Duplex.WebSockets.Connections;
using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Loops;

/// <summary>The loops of a process. New connections go where the fewest are.</summary>
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

    /// <summary>Chooses a back end, says so in one log line, and starts the loops.</summary>
    /// <returns>Null when Kestrel is to serve alone.</returns>
    /// <exception cref="PlatformNotSupportedException">The back end that the options force cannot be had.</exception>
    public static async Task<LoopGroup?> StartAsync(EventLoopOptions options, TimeProvider time, ILogger logger)
    {
        if (Choose(options, logger) is not { } create) return null;
        var loops = Enumerable.Range(0, Math.Clamp(options.Loops, 1, 256)).Select(i => new Loop(i, create, time, logger)).ToArray();
        await Task.WhenAll(loops.Select(loop => loop.StartAsync())).ConfigureAwait(false);
        return new LoopGroup(loops, time, logger);
    }

    /// <summary>The loop with the fewest connections; among equals the one after the last chosen. Counts one there.</summary>
    public Loop Place()
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

    /// <summary>Lets every handler say goodbye to its peer.</summary>
    public void CloseConnections()
    {
        foreach (var loop in _loops) loop.Post(new ForEachConnection(loop, static connection => connection.OnStopping()));
    }

    /// <summary>Drops what is left and ends the threads.</summary>
    public async ValueTask DisposeAsync()
    {
        _watchdog.Dispose();
        foreach (var loop in _loops) loop.Post(new ForEachConnection(loop, static connection => connection.Abort()));
        await Task.WhenAll(_loops.Select(loop => loop.StopAsync())).ConfigureAwait(false);
    }

    private static Func<BackEnd>? Choose(EventLoopOptions options, ILogger logger)
    {
        var count = Math.Clamp(options.Loops, 1, 256);
        if (options.BackEnd == EventLoopBackEnd.None)
        {
            logger.KestrelAlone("the options say so.");
            return null;
        }

        if (!OperatingSystem.IsLinux())
        {
            if (options.BackEnd != EventLoopBackEnd.Automatic) throw new PlatformNotSupportedException("Event loops need Linux.");
            logger.KestrelAlone("event loops need Linux.");
            return null;
        }

        if (options.BackEnd == EventLoopBackEnd.Epoll)
        {
            logger.LoopsStarted(count, "epoll");
            return static () => new EpollBackEnd();
        }

        var refusal = UringProbe.Refusal();
        if (refusal is null)
        {
            logger.LoopsStarted(count, "io_uring");
            return static () => new UringBackEnd();
        }

        if (options.BackEnd == EventLoopBackEnd.IoUring) throw new PlatformNotSupportedException($"io_uring cannot be used: {refusal}");
        logger.LoopsFellBack(count, "epoll", "io_uring", refusal);
        return static () => new EpollBackEnd();
    }

    private sealed class ForEachConnection(Loop loop, Action<LoopConnection> action) : IOwnerWork
    {
        public void Run() => loop.BackEnd.ForEach(events =>
        {
            if (events is LoopConnection connection) action(connection);
        });
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Duplex.Execution;

/// <summary>
/// A shard that borrows a thread of the pool while it has work: a serial queue, run in turns. One per core and
/// host is enough; see <see cref="ThreadPoolShards"/>.
/// </summary>
public sealed class ThreadPoolShard : Shard, IThreadPoolWorkItem, IDisposable
{
    // A turn ends after this many items even when more wait, so that what they queued to send is not held back.
    private const int MaxItemsPerTurn = 256;

    // Three ticks missed are a delay; the time to read in is a multiple of what that takes for some thousand connections.
    private static readonly TimeSpan LongestGap = 3 * TimerWheel.Tick, GraceTime = 5 * TimerWheel.Tick;

    private readonly ConcurrentQueue<IShardWork> _work = new();
    private readonly List<ITurnEnd> _turnEnd = [];
    private readonly TimerWheel _wheel;
    private readonly TickWork _tick;
    private readonly ITimer _ticker;
    private readonly ILogger _logger;
    private readonly Action<Exception> _report;
    private readonly ITimer? _graceTimer;
    private long _lastTick;
    private volatile Grace _grace;
    private bool _isTicking;
    private int _isScheduled;

    private enum Grace : byte
    {
        None,
        Given,
        Over,
    }

    /// <summary>Creates a shard without connections.</summary>
    /// <param name="time">The clock of its timers.</param>
    /// <param name="logger">The logger that reports exceptions of work items.</param>
    public ThreadPoolShard(TimeProvider time, ILogger logger)
        : this(time, time == TimeProvider.System, logger)
    {
    }

    /// <param name="time">The clock of its timers.</param>
    /// <param name="catchesUp">Whether a delay of the clock's ticks is one of the process: not where a test moves the clock.</param>
    /// <param name="logger">The logger that reports exceptions of work items.</param>
    internal ThreadPoolShard(TimeProvider time, bool catchesUp, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        if (catchesUp)
            _graceTimer = time.CreateTimer(static state => ((ThreadPoolShard)state!).OnGraceOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _logger = GuardedLogger.Of(logger);
        _report = exception => ShardLog.ShardWorkFailed(_logger, exception);
        _wheel = new TimerWheel(time);
        _tick = new TickWork(this);
        _ticker = time.CreateTimer(static state => ((ThreadPoolShard)state!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override TimeProvider Time { get; }

    /// <inheritdoc/>
    public override void Post(IShardWork work)
    {
        _work.Enqueue(work);
        if (Volatile.Read(ref _isScheduled) == 0 && Interlocked.Exchange(ref _isScheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc/>
    public override void Schedule(ShardTimer timer, TimeSpan due)
    {
        _wheel.Schedule(timer, due);
        if (_isTicking) return;
        _isTicking = true;
        _lastTick = Time.GetTimestamp();
        _ticker.Change(TimerWheel.Tick, TimerWheel.Tick);
    }

    /// <inheritdoc/>
    public override void Cancel(ShardTimer timer) => _wheel.Cancel(timer);

    /// <summary>Stops the timers. No connection may be left.</summary>
    public void Dispose()
    {
        _ticker.Dispose();
        _graceTimer?.Dispose();
    }

    /// <summary>Registers a call for the end of the current turn; the caller registers once a turn. On the shard only.</summary>
    internal void AtTurnEnd(ITurnEnd call) => _turnEnd.Add(call);

    void IThreadPoolWorkItem.Execute()
    {
        Enter();
        for (var i = 0; i < MaxItemsPerTurn && _work.TryDequeue(out var work); i++) Run(work);
        EndTurn();
        Exit();

        // The flag falls before the queue is looked at again: a post in between either is seen here or schedules anew.
        Volatile.Write(ref _isScheduled, 0);
        Interlocked.MemoryBarrier();
        if (!_work.IsEmpty && Interlocked.Exchange(ref _isScheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Run(IShardWork work)
    {
        try
        {
            work.Run();
        }
        catch (Exception exception)
        {
            _report(exception);
        }
    }

    private void EndTurn()
    {
        // Calls may add calls: a connection whose queue drains tells its handler, which sends again.
        for (var i = 0; i < _turnEnd.Count; i++)
        {
            try
            {
                _turnEnd[i].OnTurnEnd();
            }
            catch (Exception exception)
            {
                _report(exception);
            }
        }

        _turnEnd.Clear();
    }

    private void OnTick()
    {
        if (_tick.TryClaim()) Post(_tick);
    }

    private void OnGraceOver()
    {
        _grace = Grace.Over;
        OnTick();
    }

    /// <summary>
    /// Whether timers wait because this shard was held up: a process that was stopped, a machine that slept, a handler that
    /// blocked. What peers have sent in the meantime is read first, or they would be blamed for a silence of ours.
    /// </summary>
    private bool IsCatchingUp()
    {
        if (_graceTimer is null) return false;
        var gap = Time.GetElapsedTime(_lastTick);
        _lastTick = Time.GetTimestamp();
        if (_grace == Grace.None && gap > LongestGap)
        {
            _grace = Grace.Given;
            _graceTimer.Change(GraceTime, Timeout.InfiniteTimeSpan);
        }
        else if (_grace == Grace.Over)
        {
            // Once for each delay, so that a shard that is always late runs its timers all the same.
            _grace = Grace.None;
        }

        return _grace == Grace.Given;
    }

    private void RunTimers()
    {
        if (IsCatchingUp()) return;
        _wheel.Advance();
        while (_wheel.TryTakeDue(out var timer)) timer.Fire(_report);

        if (_wheel.Count > 0) return;
        _isTicking = false;
        _ticker.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Queued at most once, so that ticks do not pile up behind a long turn.</summary>
    private sealed class TickWork(ThreadPoolShard shard) : IShardWork
    {
        private int _isQueued;

        public bool TryClaim() => Interlocked.Exchange(ref _isQueued, 1) == 0;

        public void Run()
        {
            Volatile.Write(ref _isQueued, 0);
            shard.RunTimers();
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Duplex.Execution;

/// <summary>
/// Represents a shard on the thread pool: a serial queue that runs in turns and occupies a thread only while it has work.
/// One per core and host is enough; see <see cref="ThreadPoolShards"/>.
/// </summary>
public sealed class ThreadPoolShard : Shard, IThreadPoolWorkItem, IDisposable
{
    // A turn ends after this many items even when more wait, so that the bytes they queued are not delayed.
    private const int MaxItemsPerTurn = 256;

    // Three missed ticks are a delay; the grace time is a multiple of the time in which some thousand connections read.
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
    /// <param name="time">The clock of the timers.</param>
    /// <param name="logger">The logger that reports exceptions of work items.</param>
    public ThreadPoolShard(TimeProvider time, ILogger logger)
        : this(time, time == TimeProvider.System, logger)
    {
    }

    /// <param name="time">The clock of the timers.</param>
    /// <param name="catchesUp">
    /// Whether a delay of the clock's ticks is a delay of the process, which it is not where a test moves the clock.
    /// </param>
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

    /// <summary>Stops the timers. The shard must have no connection left.</summary>
    public void Dispose()
    {
        _ticker.Dispose();
        _graceTimer?.Dispose();
    }

    /// <summary>Registers a callback for the end of the current turn; a caller registers once per turn. On the shard only.</summary>
    internal void AtTurnEnd(ITurnEnd call) => _turnEnd.Add(call);

    void IThreadPoolWorkItem.Execute()
    {
        Enter();
        for (var i = 0; i < MaxItemsPerTurn && _work.TryDequeue(out var work); i++) Run(work);
        EndTurn();
        Exit();

        // The flag is cleared before the queue is checked again: a post in between is either found here or schedules a new
        // turn.
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
        // Callbacks may add callbacks: a connection whose queue drains notifies its handler, which sends again.
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
    /// Returns whether the timers wait because this shard was delayed: by a suspended process, a sleeping machine or a
    /// blocking handler. The bytes that peers sent in the meantime are read first, so that no peer times out for a delay of
    /// this process.
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
            // Timers wait once per delay, so that a shard that is always late still runs them.
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

    /// <summary>Advances the timers. It is queued at most once, so that ticks do not accumulate behind a long turn.</summary>
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

using System.Collections.Concurrent;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Timing;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// An owner that borrows a thread of the pool while it has work: a serial queue, run in turns. One per core and
/// host is enough; see <see cref="ThreadPoolOwners"/>.
/// </summary>
public sealed class ThreadPoolOwner : ConnectionOwner, IThreadPoolWorkItem, IDisposable
{
    // A turn ends after this many items even when more wait, so that what they queued to send is not held back.
    private const int MaxItemsPerTurn = 256;

    [ThreadStatic]
    private static ThreadPoolOwner? _current;

    private readonly ConcurrentQueue<IOwnerWork> _work = new();
    private readonly List<ITurnEnd> _turnEnd = [];
    private readonly TimerWheel _wheel;
    private readonly TickWork _tick;
    private readonly ITimer _ticker;
    private readonly ILogger _logger;
    private readonly Action<Exception> _report;
    private bool _isTicking;
    private int _isScheduled;

    /// <summary>Makes an owner without connections.</summary>
    /// <param name="time">The clock of its timers.</param>
    /// <param name="logger">Where exceptions of work items go.</param>
    public ThreadPoolOwner(TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        _logger = GuardedLogger.Of(logger);
        _report = exception => ConnectionLog.WorkFailed(_logger, exception);
        _wheel = new TimerWheel(time);
        _tick = new TickWork(this);
        _ticker = time.CreateTimer(static state => ((ThreadPoolOwner)state!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override TimeProvider Time { get; }

    /// <inheritdoc/>
    public override bool IsCurrent => _current == this;

    /// <inheritdoc/>
    public override void Post(IOwnerWork work)
    {
        _work.Enqueue(work);
        if (Volatile.Read(ref _isScheduled) == 0 && Interlocked.Exchange(ref _isScheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc/>
    public override void Schedule(OwnerTimer timer, TimeSpan due)
    {
        _wheel.Schedule(timer, due);
        if (_isTicking) return;
        _isTicking = true;
        _ticker.Change(TimerWheel.Tick, TimerWheel.Tick);
    }

    /// <inheritdoc/>
    public override void Cancel(OwnerTimer timer) => _wheel.Cancel(timer);

    /// <summary>Stops the timers. Connections must be gone.</summary>
    public void Dispose() => _ticker.Dispose();

    /// <summary>Asks for a call when the current turn ends; the caller asks once a turn. Owner only.</summary>
    internal void AtTurnEnd(ITurnEnd call) => _turnEnd.Add(call);

    void IThreadPoolWorkItem.Execute()
    {
        _current = this;
        for (var i = 0; i < MaxItemsPerTurn && _work.TryDequeue(out var work); i++) Run(work);
        EndTurn();
        _current = null;

        // The flag falls before the queue is looked at again: a post in between either is seen here or schedules anew.
        Volatile.Write(ref _isScheduled, 0);
        Interlocked.MemoryBarrier();
        if (!_work.IsEmpty && Interlocked.Exchange(ref _isScheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Run(IOwnerWork work)
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

    private void RunTimers()
    {
        _wheel.Advance();
        while (_wheel.TryTakeDue(out var timer))
        {
            try
            {
                timer.OnDue();
            }
            catch (Exception exception)
            {
                _report(exception);
                timer.TryFail(_report);
            }
        }

        if (_wheel.Count > 0) return;
        _isTicking = false;
        _ticker.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Queued at most once, so that ticks do not pile up behind a long turn.</summary>
    private sealed class TickWork(ThreadPoolOwner owner) : IOwnerWork
    {
        private int _isQueued;

        public bool TryClaim() => Interlocked.Exchange(ref _isQueued, 1) == 0;

        public void Run()
        {
            Volatile.Write(ref _isQueued, 0);
            owner.RunTimers();
        }
    }
}

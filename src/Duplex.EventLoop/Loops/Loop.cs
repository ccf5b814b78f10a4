using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Sending;
using Duplex.EventLoop.Transport;
using Duplex.Execution;
using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Loops;

/// <summary>
/// A thread that owns connections. A turn submits the started operations to the kernel and waits, dispatches the events
/// to their sockets, runs the work that other threads posted and the timers that are due, then sends the queued bytes.
/// </summary>
/// <remarks>
/// No exception in a turn ends the thread: the loop reports it and drops the socket, the timer or the work item that
/// threw. Only a permanent failure of the back end ends the loop's service: it closes the connections and calls
/// <c>onFailed</c>, which stops the host. Posted work and timers run until the host has stopped, because callers wait
/// for them.
/// </remarks>
internal sealed class Loop : Shard
{
    /// <summary>The maximum number of bytes of an incomplete head that a loop can peek at.</summary>
    public const int MaxPeekBytes = ScratchBytes - 1;

    private const int ScratchBytes = 64 * 1024;

    // The kernel needs a turn or two to cancel operations.
    private const int MaxLastTurns = 1000;

    // The poll interval of a loop whose back end failed.
    private static readonly TimeSpan AbandonedPause = TimeSpan.FromMilliseconds(10);

    private readonly Func<BackEnd> _createBackEnd;
    private readonly ILogger _logger;
    private readonly Action? _onFailed;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _postLock = new();
    private readonly TimerWheel _wheel;
    private readonly ITimer _ticker;
    private readonly Action<Exception> _report;
    private List<IShardWork> _posted = new(64);
    private List<IShardWork> _running = new(64);
    private List<ISender> _senders = new(256);
    private List<ISender> _flushing = new(256);
    private BackEnd? _backEnd;
    private long _steps;
    private bool _isTicking;
    private volatile bool _isWaiting;
    private volatile bool _isTickDue;
    private volatile bool _isStopping;
    private bool _hasEnded;

    /// <param name="number">The loop's number, from 0.</param>
    /// <param name="createBackEnd">Creates the back end, on the loop's thread.</param>
    /// <param name="time">The clock of the loop's timers.</param>
    /// <param name="logger">Receives reported exceptions; its own exceptions are ignored.</param>
    /// <param name="onFailed">Called once, on the loop's thread, when the back end fails permanently.</param>
    public Loop(int number, Func<BackEnd> createBackEnd, TimeProvider time, ILogger logger, Action? onFailed = null)
    {
        _onFailed = onFailed;
        Number = number;
        Time = time;
        _createBackEnd = createBackEnd;
        _logger = GuardedLogger.Of(logger);
        _report = Report;
        _wheel = new TimerWheel(time);
        _ticker = time.CreateTimer(static loop => ((Loop)loop!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { Name = $"duplex-loop-{number}", IsBackground = true };
    }

    public int Number { get; }

    public override TimeProvider Time { get; }

    /// <summary>A buffer for use within one call. Loop only.</summary>
    public byte[] Scratch { get; } = GC.AllocateUninitializedArray<byte>(ScratchBytes, pinned: true);

    /// <summary>The pool of send buffers. Loop only.</summary>
    public SegmentPool Segments { get; } = new();

    /// <summary>The back end that holds the sockets. Loop only, after <see cref="StartAsync"/>.</summary>
    public BackEnd BackEnd => _backEnd!;

    /// <summary>A coarse clock, in ticks of the timer wheel; it advances only while timers are armed. Loop only.</summary>
    public int CurrentTick => (int)_wheel.CurrentTick;

    /// <summary>The number of armed timers. Loop only.</summary>
    public int TimerCount => _wheel.Count;

    /// <summary>Whether the host is stopping, so that a connection that opens is notified of it. On the loop only.</summary>
    public bool IsHostStopping { get; set; }

    /// <summary>The number of connections assigned to this loop, by which new ones are distributed. Changed with <see cref="Interlocked"/>.</summary>
    public int Load;

    /// <summary>The limit on connections, which all loops and Kestrel share. Set before the first connection.</summary>
    public ConnectionBudget Connections { get; set; } = new(null);

    /// <summary>The limit on WebSockets, which all loops share. Set before the first connection.</summary>
    public ConnectionBudget WebSockets { get; set; } = new(null);

    /// <summary>The number of items that ran on the loop, by which the watchdog detects an item that blocks it. Written by the loop only.</summary>
    public long Steps => Volatile.Read(ref _steps);

    /// <summary>Whether the loop runs a turn rather than waits for the kernel. Safe from any thread.</summary>
    public bool IsBusy => !_isWaiting;

    /// <summary>Releases the counts of a connection that was assigned to this loop.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref Load);
        Connections.Return();
    }

    /// <summary>Starts the thread; the task completes when the back end is created and fails when it cannot be.</summary>
    public Task StartAsync()
    {
        _thread.Start();
        return _started.Task;
    }

    /// <summary>Ends the thread after its current turn and closes the remaining sockets.</summary>
    public Task StopAsync()
    {
        _isStopping = true;
        Post(NoWork.Instance);
        return _ended.Task;
    }

    public override void Post(IShardWork work)
    {
        bool isFirst;
        lock (_postLock)
        {
            isFirst = _posted.Count == 0;
            _posted.Add(work);
        }

        // One wake-up per batch, and none for a running loop, which checks for posted work before it waits.
        if (isFirst && _isWaiting) Wake();
    }

    public override void Schedule(ShardTimer timer, TimeSpan due)
    {
        if (!_isTicking) _wheel.Advance();
        _wheel.Schedule(timer, due);
        if (_isTicking) return;
        _isTicking = true;
        _ticker.Change(TimerWheel.Tick, TimerWheel.Tick);
    }

    public override void Cancel(ShardTimer timer) => _wheel.Cancel(timer);

    /// <summary>Schedules one <see cref="ISender.Flush"/> for the end of the turn. Loop only.</summary>
    public void FlushLater(ISender sender) => _senders.Add(sender);

    /// <summary>Counts an item. Called before each call into the application, so that the watchdog distinguishes the calls.</summary>
    public void Step()
    {
        _steps++;
        // The back end dispatches events within its turn, after the wait. The flag is cleared after the count, so that a
        // watchdog that reads the cleared flag also reads the new count.
        _isWaiting = false;
    }

    /// <summary>Logs an exception that no caller handles. Does not throw.</summary>
    public void Report(Exception exception) => _logger.LoopWorkFailed(Number, exception);

    private void OnTick()
    {
        _isTickDue = true;
        Interlocked.MemoryBarrier();
        if (_isWaiting) Wake();
    }

    private void Wake()
    {
        // Run holds this lock when it disposes the back end; afterwards the wake descriptor may belong to another file.
        lock (_postLock)
        {
            if (!_hasEnded) _backEnd!.Wake();
        }
    }

    private void Run()
    {
        Enter();
        try
        {
            _backEnd = _createBackEnd();
            _backEnd.Report = _report;
        }
        catch (Exception exception)
        {
            _started.SetException(exception);
            _ended.SetResult();
            return;
        }

        SynchronizationContext.SetSynchronizationContext(new LoopSynchronizationContext(this));
        _started.SetResult();
        while (!_isStopping) TakeTurn();
        _ticker.Dispose();
        Guarded(static backEnd => backEnd.RemoveAll());
        // Ends of connections are delivered as posted work, so the last turns run until none is left.
        for (var i = 0; i < MaxLastTurns && (_backEnd.SocketCount > 0 || HasPosted()); i++) TakeTurn();
        lock (_postLock)
        {
            _hasEnded = true;
            _backEnd.Dispose();
        }

        Segments.Dispose();
        _ended.SetResult();
    }

    private void TakeTurn()
    {
        BeginTurn();
        var waits = PrepareToWait();
        try
        {
            if (!_backEnd!.IsAbandoned) _backEnd.Turn(waits);
            else if (waits) Thread.Sleep(AbandonedPause);
        }
        catch (Exception exception)
        {
            Abandon(exception);
        }

        Step();
        RunPosted();
        if (_isTickDue) RunTimers();
        Flush();
        Guarded(static backEnd => backEnd.Release());
        _steps++;
    }

    /// <summary>Runs an action on the back end; an exception abandons the back end.</summary>
    private void Guarded(Action<BackEnd> action)
    {
        try
        {
            action(_backEnd!);
        }
        catch (Exception exception)
        {
            Abandon(exception);
        }
    }

    /// <summary>Abandons the back end after a permanent failure. Exceptions of socket holders do not reach this method.</summary>
    private void Abandon(Exception exception)
    {
        if (_backEnd!.IsAbandoned)
        {
            Report(exception);
            return;
        }

        _logger.LoopFailed(Number, exception);
        try
        {
            _backEnd.Abandon();
            _onFailed?.Invoke();
        }
        catch (Exception second)
        {
            Report(second);
        }
    }

    private bool PrepareToWait()
    {
        if (_senders.Count > 0) return false;
        _isWaiting = true;
        // A thread that posts after the barrier reads the flag and wakes the loop; work posted before it is found below.
        Interlocked.MemoryBarrier();
        if (!HasPosted() && !_isTickDue && !_isStopping) return true;
        _isWaiting = false;
        return false;
    }

    private bool HasPosted()
    {
        lock (_postLock) return _posted.Count > 0;
    }

    private void RunPosted()
    {
        lock (_postLock) (_posted, _running) = (_running, _posted);
        foreach (var work in _running)
        {
            _steps++;
            try
            {
                work.Run();
            }
            catch (Exception exception)
            {
                Report(exception);
            }
        }

        _running.Clear();
    }

    private void RunTimers()
    {
        _isTickDue = false;
        _wheel.Advance();
        while (_wheel.TryTakeDue(out var timer))
        {
            _steps++;
            timer.Fire(_report);
        }

        if (_wheel.Count > 0) return;
        _isTicking = false;
        _ticker.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Flush()
    {
        // Bytes queued while flushing (a drained queue lets its owner continue) are sent in the next turn.
        (_senders, _flushing) = (_flushing, _senders);
        foreach (var sender in _flushing)
        {
            _steps++;
            try
            {
                sender.Flush();
            }
            catch (Exception exception)
            {
                Report(exception);
                Fail(sender);
            }
        }

        _flushing.Clear();
    }

    private void Fail(ISender sender)
    {
        try
        {
            sender.OnFailed();
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }

    private sealed class NoWork : IShardWork
    {
        public static readonly NoWork Instance = new();

        public void Run() { }
    }
}

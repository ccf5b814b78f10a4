using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Sending;
using Duplex.EventLoop.Transport;
using Duplex.Execution;
using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Loops;

/// <summary>
/// One thread that owns connections. A turn: hand started operations to the kernel and wait, tell the sockets what
/// happened, run what other threads posted and the timers that are due, then send what all that queued.
/// </summary>
/// <remarks>
/// Nothing that runs in a turn can end the thread: what throws is reported and costs the socket, the timer or the item
/// of work it came from. Only a back end that fails for good ends the loop's service: its connections are lost, and the
/// host is asked to stop; posted work and timers go on running until it has, because others wait for them.
/// </remarks>
internal sealed class Loop : Shard
{
    /// <summary>The most bytes of a head that can be looked at before it is whole.</summary>
    public const int MaxPeekBytes = ScratchBytes - 1;

    private const int ScratchBytes = 64 * 1024;

    // Cancelling takes the kernel a turn or two.
    private const int MaxLastTurns = 1000;

    // A loop without a kernel to wait on looks for work this often.
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

    /// <param name="number">From 0 on.</param>
    /// <param name="createBackEnd">Makes the back end, on the loop's thread.</param>
    /// <param name="time">The clock of its timers.</param>
    /// <param name="logger">Takes what is reported; what it throws is ignored.</param>
    /// <param name="onFailed">Called once if the back end fails for good, on the loop's thread.</param>
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

    /// <summary>Memory for whoever needs some within a call. Loop only.</summary>
    public byte[] Scratch { get; } = GC.AllocateUninitializedArray<byte>(ScratchBytes, pinned: true);

    /// <summary>Memory for sends. Loop only.</summary>
    public SegmentPool Segments { get; } = new();

    /// <summary>The sockets. Loop only, after <see cref="StartAsync"/>.</summary>
    public BackEnd BackEnd => _backEnd!;

    /// <summary>A coarse clock, in ticks of the wheel; it goes on while timers are armed. Loop only.</summary>
    public int CurrentTick => (int)_wheel.CurrentTick;

    /// <summary>Timers that are armed. Loop only.</summary>
    public int TimerCount => _wheel.Count;

    /// <summary>Connections placed here, for spreading new ones evenly. Changed with <see cref="Interlocked"/>.</summary>
    public int Load;

    /// <summary>The places of connections, all loops' together and Kestrel's. Set before the first connection.</summary>
    public ConnectionBudget Connections { get; set; } = new(null);

    /// <summary>The places of WebSockets, all loops' together. Set before the first connection.</summary>
    public ConnectionBudget WebSockets { get; set; } = new(null);

    /// <summary>Counts what ran on the loop, so that a watcher sees when one item holds it. Written by the loop alone.</summary>
    public long Steps => Volatile.Read(ref _steps);

    /// <summary>Whether the loop is in a turn, as opposed to waiting for the kernel. Safe from any thread.</summary>
    public bool IsBusy => !_isWaiting;

    /// <summary>A connection that was placed here has gone for good.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref Load);
        Connections.Return();
    }

    /// <summary>Starts the thread; completes when the back end stands, and fails when it cannot.</summary>
    public Task StartAsync()
    {
        _thread.Start();
        return _started.Task;
    }

    /// <summary>Ends the thread after its present turn. Sockets that are still there are closed.</summary>
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

        // One wake-up per batch, and none for a loop that is awake: it looks again before it waits.
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

    /// <summary>Calls the sender once when the turn ends. Loop only.</summary>
    public void FlushLater(ISender sender) => _senders.Add(sender);

    /// <summary>To be called before each call into an application, so that the watcher can tell one from the next.</summary>
    public void Step()
    {
        _steps++;
        // Events of the kernel are told while the back end still is in its turn; the wait is over all the same. After
        // the count, so that a watcher who sees the one has not missed the other.
        _isWaiting = false;
    }

    /// <summary>An application's code, or ours, threw where nobody else can answer for it. Does not throw itself.</summary>
    public void Report(Exception exception) => _logger.LoopWorkFailed(Number, exception);

    private void OnTick()
    {
        _isTickDue = true;
        Interlocked.MemoryBarrier();
        if (_isWaiting) Wake();
    }

    private void Wake()
    {
        // Under the lock that the end takes: the descriptor that wakes the loop may be somebody else's after it.
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
        // Ends are told by work that is posted, so the last turn leaves none.
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

    /// <summary>Whatever needs the kernel here fails the loop when the kernel does.</summary>
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

    /// <summary>The back end has failed for good. Nothing else leads here: what holders throw is dealt with where it is thrown.</summary>
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
        // Whoever posts after this sees the flag and wakes us; whoever posted before is seen here.
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
        // What is queued while flushing (a queue drained, and its owner went on) leaves with the next turn.
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

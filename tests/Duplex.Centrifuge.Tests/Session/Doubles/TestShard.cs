using Duplex.Messaging.Sharding;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Centrifuge.Tests.Session.Doubles;

/// <summary>A shard that runs only when the test says so, one item after another.</summary>
internal sealed class TestShard(FakeTimeProvider time) : Shard
{
    private readonly Queue<IShardWork> _work = new();
    private bool _isRunning;
    private int _armed;

    /// <summary>Timers that are armed.</summary>
    public int ArmedTimers => _armed;

    public override bool IsCurrent => _isRunning;

    public int Pending
    {
        get
        {
            lock (_work) return _work.Count;
        }
    }

    public override void Post(IShardWork work)
    {
        lock (_work) _work.Enqueue(work);
    }

    public override IShardTimer CreateTimer(Action<object?> callback, object? state) =>
        new TestTimer(this, time, () => Post(new Callback(callback, state)));

    /// <summary>Runs a step on the shard, as a connection's owner would.</summary>
    public void Do(Action step)
    {
        _isRunning = true;
        try
        {
            step();
        }
        finally
        {
            _isRunning = false;
        }
    }

    public bool RunOne()
    {
        IShardWork? next;
        lock (_work)
        {
            if (!_work.TryDequeue(out next)) return false;
        }

        Do(next.Run);
        return true;
    }

    public void RunAll()
    {
        while (RunOne())
        {
        }
    }

    private sealed class Callback(Action<object?> callback, object? state) : IShardWork
    {
        public void Run() => callback(state);
    }

    private sealed class TestTimer : IShardTimer
    {
        private readonly TestShard _shard;
        private readonly ITimer _timer;
        private bool _isArmed;

        public TestTimer(TestShard shard, TimeProvider time, Action onDue)
        {
            _shard = shard;
            _timer = time.CreateTimer(
                _ =>
                {
                    Arm(false);
                    onDue();
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }

        public void Schedule(TimeSpan due)
        {
            Arm(true);
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }

        public void Cancel()
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Arm(false);
        }

        private void Arm(bool isArmed)
        {
            if (_isArmed == isArmed) return;
            _isArmed = isArmed;
            _shard._armed += isArmed ? 1 : -1;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Duplex.Execution;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Testing.Hosting;

/// <summary>A shard whose work runs, and whose time advances, only when a test requests it.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "Test projects compile this file too, and some derive from the class.")]
internal class TestShard(FakeTimeProvider? time = null) : Shard
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _time = time ?? new FakeTimeProvider();
    private readonly Queue<IShardWork> _work = [];
    private readonly Dictionary<ShardTimer, ITimer> _timers = [];

    public override TimeProvider Time => _time;

    /// <summary>The number of armed timers.</summary>
    public int ArmedTimers => _timers.Count;

    /// <summary>The number of posted work items that have not run.</summary>
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

    public override void Schedule(ShardTimer timer, TimeSpan due)
    {
        Cancel(timer);
        timer.IsArmed = true;
        ITimer? armed = null;
        armed = _time.CreateTimer(_ => Post(() => Fire(timer, armed!)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timers.Add(timer, armed);
        armed.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public override void Cancel(ShardTimer timer)
    {
        timer.IsArmed = false;
        if (_timers.Remove(timer, out var armed)) armed.Dispose();
    }

    /// <summary>Runs an action on the shard.</summary>
    public void Do(Action step)
    {
        var outer = Current;
        Enter();
        try
        {
            step();
        }
        finally
        {
            Exit(outer);
        }
    }

    /// <summary>Runs the first posted work item; returns false when there is none.</summary>
    public bool RunOne()
    {
        IShardWork? next;
        lock (_work)
        {
            if (!_work.TryDequeue(out next)) return false;
        }

        var outer = Current;
        Enter();
        try
        {
            next.Run();
        }
        finally
        {
            Exit(outer);
        }

        return true;
    }

    /// <summary>Runs all posted work, including work that it posts.</summary>
    public void RunAll()
    {
        while (RunOne())
        {
        }
    }

    /// <summary>Runs a turn: an action, then all posted work.</summary>
    public void Turn(Action step)
    {
        Do(step);
        RunAll();
    }

    /// <summary>Advances time tick by tick and runs all work after each tick.</summary>
    public void Pass(double seconds)
    {
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= Tick)
        {
            _time.Advance(Tick);
            RunAll();
        }
    }

    private void Fire(ShardTimer timer, ITimer armed)
    {
        // The timer was cancelled or rescheduled while this work item was queued.
        if (!_timers.TryGetValue(timer, out var current) || current != armed) return;
        Cancel(timer);
        timer.Fire(static exception => throw exception);
    }
}

using System.Diagnostics.CodeAnalysis;
using Duplex.Execution;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Testing.Hosting;

/// <summary>A shard whose work and time a test runs: nothing happens by itself.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "Compiled into test projects too, some of which derive from it.")]
internal class TestShard(FakeTimeProvider? time = null) : Shard
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _time = time ?? new FakeTimeProvider();
    private readonly Queue<IShardWork> _work = [];
    private readonly Dictionary<ShardTimer, ITimer> _timers = [];

    public override TimeProvider Time => _time;

    /// <summary>Timers that are armed.</summary>
    public int ArmedTimers => _timers.Count;

    /// <summary>Items of work that wait.</summary>
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

    /// <summary>Runs a step on the shard.</summary>
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

    /// <summary>Runs the first item of work that waits; false when none does.</summary>
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

    /// <summary>Runs all work that waits, and what it posts.</summary>
    public void RunAll()
    {
        while (RunOne())
        {
        }
    }

    /// <summary>Runs a turn: a step, then all work.</summary>
    public void Turn(Action step)
    {
        Do(step);
        RunAll();
    }

    /// <summary>Lets time pass, tick by tick, with all work of each.</summary>
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
        // The timer was disarmed, or armed anew, while the call waited.
        if (!_timers.TryGetValue(timer, out var current) || current != armed) return;
        Cancel(timer);
        timer.Fire(static exception => throw exception);
    }
}

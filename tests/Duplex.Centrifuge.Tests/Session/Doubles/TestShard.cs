using Duplex.Messaging.Sharding;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Centrifuge.Tests.Session.Doubles;

/// <summary>A shard that runs only when the test says so, one item after another.</summary>
internal sealed class TestShard(FakeTimeProvider time) : Shard
{
    private readonly Queue<IShardWork> _work = new();
    private bool _isRunning;

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

    public override IDisposable Schedule(TimeSpan due, Action<object?> callback, object? state) =>
        time.CreateTimer(_ => Post(new Callback(callback, state)), null, due, Timeout.InfiniteTimeSpan);

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
}

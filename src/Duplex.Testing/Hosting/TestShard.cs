using Duplex.Messaging.Sharding;

namespace Duplex.Testing.Hosting;

/// <summary>The one shard of all test clients: a serial queue on the thread pool that says when it has come to rest.</summary>
internal sealed class TestShard(TimeProvider time) : Shard, IThreadPoolWorkItem
{
    [ThreadStatic]
    private static TestShard? _current;

    private readonly Queue<IShardWork> _work = [];
    private TaskCompletionSource? _idle;
    private bool _isRunning;

    public override bool IsCurrent => _current == this;

    public override void Post(IShardWork work)
    {
        lock (_work)
        {
            _work.Enqueue(work);
            if (_isRunning) return;
            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Post(Action action) => Post(new Step(action));

    public override IShardTimer CreateTimer(Action<object?> callback, object? state) =>
        new TestTimer(time, () => Post(() => callback(state)));

    public Task WhenIdleAsync()
    {
        lock (_work)
        {
            if (!_isRunning) return Task.CompletedTask;
            return (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        _current = this;
        while (Next() is { } work) work.Run();
        _current = null;
    }

    private IShardWork? Next()
    {
        lock (_work)
        {
            if (_work.TryDequeue(out var work)) return work;
            _isRunning = false;
            _idle?.SetResult();
            _idle = null;
            return null;
        }
    }

    private sealed class Step(Action action) : IShardWork
    {
        public void Run() => action();
    }

    private sealed class TestTimer(TimeProvider time, Action onDue) : IShardTimer
    {
        private readonly ITimer _timer = time.CreateTimer(_ => onDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public void Schedule(TimeSpan due) => _timer.Change(due, Timeout.InfiniteTimeSpan);

        public void Cancel() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

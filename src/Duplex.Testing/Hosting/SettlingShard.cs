using Duplex.Execution;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Testing.Hosting;

/// <summary>The shard of all test clients, which runs its work on the thread pool and signals when it is idle.</summary>
internal sealed class SettlingShard(FakeTimeProvider time) : TestShard(time), IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private bool _isRunning;

    public override void Post(IShardWork work)
    {
        base.Post(work);
        lock (_gate)
        {
            if (_isRunning) return;
            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (!_isRunning) return Task.CompletedTask;
            return (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        do RunAll();
        while (!TryRest());
    }

    private bool TryRest()
    {
        lock (_gate)
        {
            if (Pending > 0) return false;
            _isRunning = false;
            _idle?.SetResult();
            _idle = null;
            return true;
        }
    }
}

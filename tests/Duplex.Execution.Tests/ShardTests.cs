using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.Execution.Tests;

/// <summary>What holds on every shard, shown on one of the thread pool.</summary>
public sealed class ShardTests : IDisposable
{
    private readonly ThreadPoolShard _shard = new(TimeProvider.System, NullLogger.Instance);

    public void Dispose() => _shard.Dispose();

    [Fact]
    public async Task Work_runs_in_the_order_of_the_posts_whichever_way_it_was_posted()
    {
        var ran = new List<string>();
        await RunAsync(_shard, () =>
        {
            _shard.Post(() => ran.Add("call"));
            _shard.Post(ran.Add, "call with a state");
            _shard.Post(new Item(() => ran.Add("item")));
            ran.Add("poster");
        });
        await RunAsync(_shard, () => Assert.Equal(["poster", "call", "call with a state", "item"], ran));
    }

    [Fact]
    public async Task Shard_is_current_in_its_turn_alone()
    {
        using var other = new ThreadPoolShard(TimeProvider.System, NullLogger.Instance);
        Assert.Null(Shard.Current);
        Assert.False(_shard.IsCurrent);
        await RunAsync(_shard, () =>
        {
            Assert.Same(_shard, Shard.Current);
            Assert.True(_shard.IsCurrent);
            Assert.False(other.IsCurrent);
        });
    }

    [Fact]
    public async Task Work_that_throws_is_reported_and_ends_alone()
    {
        var logger = new CountingLogger();
        using var shard = new ThreadPoolShard(TimeProvider.System, logger);
        shard.Post(static () => throw new InvalidOperationException("thrown by work"));
        await RunAsync(shard, static () => { });
        Assert.Equal(1, logger.Errors);
    }

    [Fact]
    public async Task Await_of_a_task_that_ends_elsewhere_resumes_on_the_shard()
    {
        var task = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var resumed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await RunAsync(_shard, () => _ = AwaitAsync());
        task.SetResult(1);
        Assert.True(await resumed.Task.WaitAsync(TestContext.Current.CancellationToken));

        async Task AwaitAsync()
        {
            await new ValueTask<int>(task.Task).OnShard(_shard);
            resumed.SetResult(_shard.IsCurrent);
        }
    }

    [Fact]
    public Task Await_of_a_complete_task_goes_on_in_the_same_item_of_work() => RunAsync(_shard, () =>
    {
        var isDone = false;
        _ = AwaitAsync();
        Assert.True(isDone);

        async Task AwaitAsync()
        {
            await ValueTask.CompletedTask.OnShard(_shard);
            isDone = true;
        }
    });

    private static Task RunAsync(Shard shard, Action step)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shard.Post(() =>
        {
            try
            {
                step();
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Item(Action run) : IShardWork
    {
        public void Run() => run();
    }

    private sealed class CountingLogger : ILogger
    {
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Errors += logLevel == LogLevel.Error ? 1 : 0;
    }
}

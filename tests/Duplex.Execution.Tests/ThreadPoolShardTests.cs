using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Execution.Tests;

public sealed class ThreadPoolShardTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Timers_wait_for_a_round_of_reading_when_the_process_was_held_up()
    {
        using var shard = new ThreadPoolShard(_time, catchesUp: true, NullLogger.Instance);
        var timer = new NotingTimer();
        await RunAsync(shard, () => shard.Schedule(timer, TimeSpan.FromSeconds(1)));
        _time.Advance(TimeSpan.FromSeconds(2));
        await RunAsync(shard, () => Assert.False(timer.Fired.Task.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(400));
        await RunAsync(shard, () => Assert.False(timer.Fired.Task.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await timer.Fired.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Timers_are_on_time_when_the_process_is()
    {
        using var shard = new ThreadPoolShard(_time, catchesUp: true, NullLogger.Instance);
        var timer = new NotingTimer();
        await RunAsync(shard, () => shard.Schedule(timer, TimeSpan.FromSeconds(1)));
        for (var i = 0; i < 9; i++) await PassTickAsync();
        await RunAsync(shard, () => Assert.False(timer.Fired.Task.IsCompleted));
        await PassTickAsync();
        await timer.Fired.Task.WaitAsync(TestContext.Current.CancellationToken);

        Task PassTickAsync()
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return RunAsync(shard, () => { });
        }
    }

    private static Task RunAsync(ThreadPoolShard shard, Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shard.Post(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private sealed class NotingTimer : ShardTimer
    {
        public TaskCompletionSource Fired { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override void OnDue() => Fired.TrySetResult();
    }
}

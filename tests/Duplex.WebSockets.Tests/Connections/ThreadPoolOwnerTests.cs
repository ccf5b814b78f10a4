using Duplex.WebSockets.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Connections;

public sealed class ThreadPoolOwnerTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Timers_wait_for_a_round_of_reading_when_the_process_was_held_up()
    {
        using var owner = new ThreadPoolOwner(_time, catchesUp: true, NullLogger.Instance);
        var timer = new NotingTimer();
        await RunAsync(owner, () => owner.Schedule(timer, TimeSpan.FromSeconds(1)));
        _time.Advance(TimeSpan.FromSeconds(2));
        await RunAsync(owner, () => Assert.False(timer.Fired.Task.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(400));
        await RunAsync(owner, () => Assert.False(timer.Fired.Task.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await timer.Fired.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Timers_are_on_time_when_the_process_is()
    {
        using var owner = new ThreadPoolOwner(_time, catchesUp: true, NullLogger.Instance);
        var timer = new NotingTimer();
        await RunAsync(owner, () => owner.Schedule(timer, TimeSpan.FromSeconds(1)));
        for (var i = 0; i < 9; i++) await PassTickAsync();
        await RunAsync(owner, () => Assert.False(timer.Fired.Task.IsCompleted));
        await PassTickAsync();
        await timer.Fired.Task.WaitAsync(TestContext.Current.CancellationToken);

        Task PassTickAsync()
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return RunAsync(owner, () => { });
        }
    }

    private static Task RunAsync(ThreadPoolOwner owner, Action action)
    {
        var work = new Work(action);
        owner.Post(work);
        return work.Done.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private sealed class NotingTimer : OwnerTimer
    {
        public TaskCompletionSource Fired { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected internal override void OnDue() => Fired.TrySetResult();
    }

    private sealed class Work(Action action) : IOwnerWork
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run()
        {
            try
            {
                action();
                Done.SetResult();
            }
            catch (Exception exception)
            {
                Done.SetException(exception);
            }
        }
    }
}

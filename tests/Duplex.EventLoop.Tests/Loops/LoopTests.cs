using System.Collections.Concurrent;
using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Loops;
using Duplex.Execution;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.EventLoop.Tests.Loops;

public sealed class LoopTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private Loop _loop = null!;

    private static CancellationToken Token => Limit.Token;

    public async ValueTask DisposeAsync()
    {
        if (_loop is not null) await _loop.StopAsync();
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Work_of_many_threads_runs_once_each_in_the_order_of_its_thread(EventLoopBackEnd kind)
    {
        await Start(kind);
        const int threads = 8, items = 5_000;
        var ran = Enumerable.Range(0, threads).Select(_ => new List<int>()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < items; i++)
            {
                var item = i;
                _loop.Post(new Work(() => ran[thread].Add(item)));
            }
        })));
        await OnLoop(() => true);

        Assert.All(ran, list => Assert.Equal(Enumerable.Range(0, items), list));
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Work_posted_on_the_loop_runs_later_and_not_inline(EventLoopBackEnd kind)
    {
        await Start(kind);
        var order = new ConcurrentQueue<string>();
        var done = new TaskCompletionSource();
        _loop.Post(new Work(() =>
        {
            _loop.Post(new Work(() =>
            {
                order.Enqueue("inner");
                done.SetResult();
            }));
            order.Enqueue("outer");
        }));

        await done.Task.WaitAsync(Token);

        Assert.Equal(["outer", "inner"], order);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Work_that_throws_ends_only_itself(EventLoopBackEnd kind)
    {
        await Start(kind);
        _loop.Post(new Work(() => throw new InvalidOperationException("test")));

        Assert.Equal(42, await OnLoop(() => 42));
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_handler_that_awaits_resumes_on_its_loop(EventLoopBackEnd kind)
    {
        await Start(kind);
        var resumed = new TaskCompletionSource<bool>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(new Work(() => _ = Handle()));
        await OnLoop(() => true);
        gate.SetResult();

        Assert.True(await resumed.Task.WaitAsync(Token));

        async Task Handle()
        {
            await gate.Task;
            resumed.SetResult(_loop.IsCurrent);
        }
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_timer_fires_on_the_loop_when_its_time_has_come_and_not_before(EventLoopBackEnd kind)
    {
        await Start(kind);
        var fired = new TaskCompletionSource<bool>();
        var timer = new Timer(() => fired.SetResult(_loop.IsCurrent));
        await OnLoop(() =>
        {
            _loop.Schedule(timer, TimeSpan.FromSeconds(25));
            return true;
        });

        _time.Advance(TimeSpan.FromSeconds(24.9));
        await OnLoop(() => true);
        Assert.False(fired.Task.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(await fired.Task.WaitAsync(Token));
        Assert.Equal(0, await OnLoop(() => _loop.TimerCount));
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_loop_that_stops_runs_what_was_posted_before(EventLoopBackEnd kind)
    {
        await Start(kind);
        var ran = 0;
        for (var i = 0; i < 1000; i++) _loop.Post(new Work(() => ran++));

        await _loop.StopAsync();

        Assert.Equal(1000, ran);
    }

    private Task Start(EventLoopBackEnd kind)
    {
        BackEnds.SkipIfRefused(kind);
        _loop = new Loop(0, () => BackEnds.Create(kind), _time, NullLogger.Instance);
        return _loop.StartAsync();
    }

    private async Task<T> OnLoop<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(new Work(() => result.SetResult(function())));
        return await result.Task.WaitAsync(Token);
    }

    private sealed class Work(Action action) : IShardWork
    {
        public void Run() => action();
    }

    private sealed class Timer(Action action) : ShardTimer
    {
        protected override void OnDue() => action();
    }
}

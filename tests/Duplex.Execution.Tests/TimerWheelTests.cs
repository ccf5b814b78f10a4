using Microsoft.Extensions.Time.Testing;

namespace Duplex.Execution.Tests;

public sealed class TimerWheelTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TimerWheel _wheel;
    private readonly List<string> _fired = [];

    public TimerWheelTests() => _wheel = new TimerWheel(_time);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(250)]
    [InlineData(25_000)]
    [InlineData(51_200)]
    [InlineData(51_300)]
    [InlineData(3_600_000)]
    public void A_timer_fires_once_within_a_tick_after_its_due_time_and_never_before(int milliseconds)
    {
        Arm("a", milliseconds);

        Run(until: milliseconds - 1);
        Assert.Empty(_fired);

        Run(until: milliseconds + 100);
        Assert.Equal(["a"], _fired);

        Run(until: milliseconds + 200_000);
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void A_timer_is_not_early_when_it_is_armed_in_the_middle_of_a_tick()
    {
        Run(until: 99);
        Arm("a", 100);

        Run(until: 198);
        Assert.Empty(_fired);

        Run(until: 299);
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void A_gap_longer_than_a_revolution_fires_everything_that_became_due()
    {
        Arm("short", 300);
        Arm("long", 60_000);
        Arm("later", 10_000_000);

        _time.Advance(TimeSpan.FromHours(1));
        Fire();

        Assert.Equal(["long", "short"], _fired.Order());
        Assert.Equal(1, _wheel.Count);
    }

    [Fact]
    public void A_cancelled_timer_does_not_fire()
    {
        var timer = Arm("a", 100);
        _wheel.Cancel(timer);
        _wheel.Cancel(timer);

        Run(until: 1_000);

        Assert.Empty(_fired);
        Assert.False(timer.IsArmed);
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void Arming_an_armed_timer_moves_it()
    {
        var timer = Arm("a", 100);
        _wheel.Schedule(timer, TimeSpan.FromMilliseconds(500));
        Assert.Equal(1, _wheel.Count);

        Run(until: 499);
        Assert.Empty(_fired);

        Run(until: 600);
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void A_timer_that_is_due_can_still_be_cancelled_by_one_that_fires_before_it()
    {
        var second = Timer("second");
        var first = new ActionTimer(() => _wheel.Cancel(second));
        _wheel.Schedule(first, TimeSpan.FromMilliseconds(100));
        _wheel.Schedule(second, TimeSpan.FromMilliseconds(100));

        Run(until: 1_000);

        Assert.Empty(_fired);
    }

    [Fact]
    public void A_timer_that_arms_itself_with_no_delay_fires_again_in_the_next_tick_only()
    {
        var count = 0;
        ActionTimer timer = null!;
        timer = new ActionTimer(() =>
        {
            count++;
            _wheel.Schedule(timer, TimeSpan.Zero);
        });
        _wheel.Schedule(timer, TimeSpan.Zero);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Fire();
        Assert.Equal(1, count);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Fire();
        Assert.Equal(2, count);
    }

    [Fact]
    public void Arming_firing_and_cancelling_allocate_nothing()
    {
        var timers = Enumerable.Range(0, 1_000).Select(_ => new ActionTimer(static () => { })).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var timer in timers) _wheel.Schedule(timer, TimeSpan.FromSeconds(25));
        foreach (var timer in timers) _wheel.Schedule(timer, TimeSpan.FromSeconds(10));
        foreach (var timer in timers.AsSpan(0, 500)) _wheel.Cancel(timer);
        _wheel.Advance();
        while (_wheel.TryTakeDue(out var due)) due.Fire(Throw);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Timer_that_is_never_due_does_not_overflow()
    {
        var timer = Timer("never");
        _wheel.Schedule(timer, TimeSpan.MaxValue);
        _wheel.Advance();
        Assert.True(timer.IsArmed);
        _wheel.Cancel(timer);
    }

    private ActionTimer Timer(string name) => new(() => _fired.Add(name));

    private ActionTimer Arm(string name, int milliseconds)
    {
        var timer = Timer(name);
        _wheel.Schedule(timer, TimeSpan.FromMilliseconds(milliseconds));
        return timer;
    }

    private void Run(int until)
    {
        var step = TimeSpan.FromMilliseconds(100);
        for (var left = Left(); left > TimeSpan.Zero; left = Left())
        {
            _time.Advance(left < step ? left : step);
            Fire();
        }

        TimeSpan Left() => _time.Start.AddMilliseconds(until) - _time.GetUtcNow();
    }

    private static void Throw(Exception exception) => throw exception;

    private void Fire()
    {
        _wheel.Advance();
        while (_wheel.TryTakeDue(out var timer)) timer.Fire(Throw);
    }

    private sealed class ActionTimer(Action action) : ShardTimer
    {
        protected override void OnDue() => action();
    }
}

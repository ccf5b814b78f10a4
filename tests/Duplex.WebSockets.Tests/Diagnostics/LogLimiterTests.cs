using Duplex.WebSockets.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Diagnostics;

public sealed class LogLimiterTests
{
    [Fact]
    public void Limiter_lets_the_first_of_each_period_through_and_counts_the_others()
    {
        var time = new FakeTimeProvider();
        var limiter = new LogLimiter(time, TimeSpan.FromMinutes(1));
        Assert.True(limiter.TryTake(out var heldBack));
        Assert.Equal(0, heldBack);
        for (var i = 0; i < 7; i++) Assert.False(limiter.TryTake(out _));

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(limiter.TryTake(out heldBack));
        Assert.Equal(7, heldBack);
        Assert.False(limiter.TryTake(out _));
    }

    [Fact]
    public void Limiter_lets_one_of_many_threads_through_and_loses_no_count()
    {
        var time = new FakeTimeProvider();
        var limiter = new LogLimiter(time);
        var taken = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (limiter.TryTake(out var _)) Interlocked.Increment(ref taken);
        });
        Assert.Equal(1, taken);

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(limiter.TryTake(out var heldBack));
        Assert.Equal(999, heldBack);
    }
}

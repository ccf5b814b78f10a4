using Showcase.Lines;

namespace Showcase.Tests.Lines;

public sealed class LineScheduleTests
{
    private readonly LineSchedule _schedule = new(new Random(1));

    [Theory]
    [InlineData(4000, 256, 5)]
    [InlineData(4000, 256, 300)]
    [InlineData(200_000, 2000, 5)]
    [InlineData(200_000, 2000, 100)]
    [InlineData(1_500_000, 15_000, 5)]
    public void Bytes_that_wait_pass_at_the_rate_although_timers_fire_late(int rate, int readBytes, int lateMilliseconds)
    {
        var lateness = TimeSpan.FromMilliseconds(lateMilliseconds);
        var settings = new LineSettings { BytesPerSecond = rate };
        Assert.Equal(readBytes, settings.ReadBytes);
        var (now, last, bytes) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        while (bytes < 100 * rate)
        {
            if (_schedule.Wait(now) is var wait && wait > TimeSpan.Zero) now += wait + lateness;
            last = _schedule.Take(readBytes, now, hasWaited: true, settings);
            bytes += readBytes;
        }

        Assert.InRange(bytes / last.TotalSeconds, rate * 0.99, rate * 1.01);
    }

    [Fact]
    public void A_line_that_was_idle_makes_up_for_nothing()
    {
        var settings = new LineSettings { BytesPerSecond = 100_000 };
        var now = TimeSpan.FromHours(1);
        Assert.Equal(now + TimeSpan.FromMilliseconds(500), _schedule.Take(50_000, now, hasWaited: false, settings));
    }

    [Fact]
    public void Bytes_that_have_waited_make_up_for_a_second_at_most()
    {
        var settings = new LineSettings { BytesPerSecond = 100_000 };
        var now = TimeSpan.FromHours(1);
        Assert.Equal(now, _schedule.Take(100_000, now, hasWaited: true, settings));
        Assert.Equal(now + TimeSpan.FromMilliseconds(500), _schedule.Take(50_000, now, hasWaited: true, settings));
    }

    [Fact]
    public void Delay_is_added_after_the_time_of_the_rate()
    {
        var settings = new LineSettings { BytesPerSecond = 1000, Delay = TimeSpan.FromMilliseconds(100) };
        _schedule.Take(1000, TimeSpan.Zero, hasWaited: false, settings);
        Assert.Equal(TimeSpan.FromMilliseconds(2100), _schedule.Take(1000, TimeSpan.Zero, hasWaited: false, settings));
    }

    [Fact]
    public void Without_a_rate_bytes_wait_for_the_delay_alone()
    {
        var settings = new LineSettings { Delay = TimeSpan.FromMilliseconds(100) };
        for (var at = 0; at < 1000; at += 10)
        {
            var now = TimeSpan.FromMilliseconds(at);
            Assert.True(_schedule.Wait(now) <= TimeSpan.Zero);
            Assert.Equal(now + settings.Delay, _schedule.Take(16_384, now, hasWaited: false, settings));
        }
    }

    [Fact]
    public void Jitter_varies_the_delay_within_its_range_and_preserves_the_order()
    {
        var settings = new LineSettings { Delay = TimeSpan.FromMilliseconds(50), Jitter = TimeSpan.FromMilliseconds(20) };
        var last = TimeSpan.Zero;
        var delays = new List<double>();
        for (var at = 0; at < 10_000; at += 5)
        {
            var now = TimeSpan.FromMilliseconds(at);
            var arrival = _schedule.Take(100, now, hasWaited: false, settings);
            Assert.True(arrival >= last, "bytes overtook earlier ones");
            last = arrival;
            delays.Add((arrival - now).TotalMilliseconds);
        }

        Assert.InRange(delays.Min(), 50, 52);
        Assert.InRange(delays.Max(), 68, 70);
    }
}

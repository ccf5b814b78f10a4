using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Showcase.Exchange.Rest;

namespace Showcase.Tests.Exchange.Rest;

public sealed class WeightMeterTests
{
    private const string Home = "192.0.2.1", Elsewhere = "192.0.2.2";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 30, TimeSpan.Zero));
    private readonly RestOptions _limits = new() { WeightPerMinute = 10, RequestsPerFiveMinutes = 100, RefusalsBeforeBan = 2 };

    [Fact]
    public void An_address_above_its_weight_waits_for_the_next_minute()
    {
        var meter = Meter();
        Assert.Equal((WeightOutcome.Allowed, 6), OutcomeOf(meter.Take(Home, 6)));
        var verdict = meter.Take(Home, 5);
        Assert.Equal((WeightOutcome.Limited, 6), OutcomeOf(verdict));
        Assert.Equal(30, verdict.RetryAfter);
        Assert.Equal((WeightOutcome.Allowed, 10), OutcomeOf(meter.Take(Home, 4)));
        Assert.Equal((WeightOutcome.Allowed, 10), OutcomeOf(meter.Take(Elsewhere, 10)));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((WeightOutcome.Allowed, 5), OutcomeOf(meter.Take(Home, 5)));
    }

    [Fact]
    public void An_address_that_does_not_stop_is_banned_for_longer_each_time()
    {
        var meter = Meter();
        foreach (var seconds in (int[])[120, 240])
        {
            for (var i = 0; i < 2; i++) Assert.Equal(WeightOutcome.Limited, meter.Take(Home, 11).Outcome);
            var ban = meter.Take(Home, 11);
            Assert.Equal((WeightOutcome.Banned, seconds), (ban.Outcome, (int)ban.RetryAfter));
            _time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(WeightOutcome.Banned, meter.Take(Home, 1).Outcome);
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(WeightOutcome.Allowed, meter.Take(Home, 1).Outcome);
        }
    }

    [Fact]
    public void The_number_of_calls_is_limited_too()
    {
        var meter = Meter();
        for (var i = 0; i < 100; i++) Assert.Equal(WeightOutcome.Allowed, meter.Take(Home, 0).Outcome);
        var verdict = meter.Take(Home, 0);
        Assert.Equal((WeightOutcome.Limited, 270), (verdict.Outcome, (int)verdict.RetryAfter));
    }

    [Fact]
    public void Addresses_that_are_silent_are_forgotten()
    {
        var meter = Meter();
        for (var i = 0; i < 256; i++) meter.Take($"192.0.3.{i}", 1);
        _time.Advance(TimeSpan.FromMinutes(10));
        meter.Take(Home, 1);
        Assert.Equal(1, meter.Count);
    }

    private WeightMeter Meter() => new(_time, Options.Create(_limits));

    private static (WeightOutcome, int) OutcomeOf(WeightVerdict verdict) => (verdict.Outcome, verdict.Used);
}

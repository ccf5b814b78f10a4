using Microsoft.Extensions.Time.Testing;
using Showcase.Visitors;

namespace Showcase.Tests.Visitors;

public sealed class AllowanceTests
{
    private static readonly Act Other = new("Too often");
    private static readonly Act[] All = [Act.Connect, Act.Call, Act.Message, Act.Character, Act.Sign, Other];

    private readonly FakeTimeProvider _time = new();
    private readonly Rates _rates = Uniform(burst: 3, perSecond: 2);

    [Fact]
    public void A_burst_passes_and_then_only_the_steady_rate()
    {
        var allowance = new Allowance(_time, _rates);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => allowance.TryTake(Act.Call, 1, out TimeSpan _)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => allowance.TryTake(Act.Call, 1, out TimeSpan _)));
    }

    [Fact]
    public void One_act_does_not_use_up_another()
    {
        var allowance = new Allowance(_time, _rates);
        Assert.True(allowance.TryTake(Act.Call, 3, out _));
        Assert.True(allowance.TryTake(Other, 3, out _));
    }

    [Fact]
    public void What_is_refused_takes_nothing_and_the_wait_is_enough()
    {
        var allowance = new Allowance(_time, _rates);
        Assert.True(allowance.TryTake(Act.Character, 2, out _));
        Assert.False(allowance.TryTake(Act.Character, 3, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(1), wait);
        _time.Advance(wait);
        Assert.True(allowance.TryTake(Act.Character, 3, out _));
    }

    [Fact]
    public void It_is_full_again_once_everything_has_come_back()
    {
        var allowance = new Allowance(_time, _rates);
        Assert.True(allowance.IsFull);
        allowance.TryTake(Act.Sign, 3, out _);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(allowance.IsFull);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(allowance.IsFull);
    }

    internal static Rates Uniform(int burst, double perSecond)
    {
        var rates = new Rates();
        foreach (var act in All) rates[act] = new(burst, perSecond);
        return rates;
    }
}

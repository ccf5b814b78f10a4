using Microsoft.Extensions.Time.Testing;
using Showcase.Visitors;

namespace Showcase.Tests.Visitors;

public sealed class RequestBudgetTests
{
    [Fact]
    public void A_burst_passes_and_then_only_the_steady_rate()
    {
        var time = new FakeTimeProvider();
        var budget = new RequestBudget(time, burst: 3, perSecond: 2);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => budget.TryTake()));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => budget.TryTake()));
    }
}

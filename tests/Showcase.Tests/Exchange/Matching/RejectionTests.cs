using Showcase.Exchange.Matching;
using static Showcase.Tests.Exchange.Matching.Floor;

namespace Showcase.Tests.Exchange.Matching;

public sealed class RejectionTests
{
    private readonly Floor _floor = new(minNotional: 500_000_000);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_000_001)]
    [InlineData(long.MaxValue)]
    public void A_price_out_of_range_is_refused(long price) =>
        Assert.Equal(Rejection.PriceOutOfRange, _floor.Limit(Alice, Side.Buy, price, 1000));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(90_000_001)]
    [InlineData(long.MaxValue)]
    public void A_quantity_out_of_range_is_refused(long quantity)
    {
        Assert.Equal(Rejection.QuantityOutOfRange, _floor.Limit(Alice, Side.Buy, 100, quantity));
        Assert.Equal(Rejection.QuantityOutOfRange, _floor.Market(Alice, Side.Sell, quantity));
    }

    [Fact]
    public void A_value_below_the_minimum_is_refused()
    {
        Assert.Equal(Rejection.ValueTooSmall, _floor.Limit(Alice, Side.Buy, 499, 1000));
        Assert.Equal(Rejection.None, _floor.Limit(Alice, Side.Buy, 500, 1000));
        Assert.Equal(Rejection.ValueTooSmall, _floor.Market(Bob, Side.Sell, 999));
        Assert.Equal(Rejection.ValueTooSmall, _floor.Spend(Bob, 499_999_999));
        Assert.Equal(Rejection.ValueTooSmall, _floor.Spend(Bob, -1));
    }

    [Fact]
    public void A_market_order_without_an_opposite_side_is_refused()
    {
        Assert.Equal(Rejection.NothingToMatch, _floor.Market(Alice, Side.Buy, 1000));
        Assert.Equal(Rejection.NothingToMatch, _floor.Spend(Alice, 500_000_000));
    }

    [Fact]
    public void A_market_order_that_would_only_meet_its_own_account_is_refused()
    {
        _floor.Limit(Alice, Side.Sell, 1000, 1000);
        Assert.Equal(Rejection.NothingToMatch, _floor.Market(Alice, Side.Buy, 1000));
    }

    [Fact]
    public void An_order_that_costs_more_than_is_free_is_refused()
    {
        var floor = new Floor(solUnits: 100_000_000, usdtUnits: 10_000_000_000);
        Assert.Equal(Rejection.BalanceTooSmall, floor.Limit(Alice, Side.Buy, 10_001, 1000));
        Assert.Equal(Rejection.BalanceTooSmall, floor.Limit(Alice, Side.Sell, 100, 1001));
        Assert.Equal(Rejection.BalanceTooSmall, floor.Spend(Alice, 10_000_000_001));
        floor.Limit(Alice, Side.Sell, 10_001, 1000);
        Assert.Equal(Rejection.BalanceTooSmall, floor.Market(Bob, Side.Buy, 1000));
        Assert.Equal(Rejection.BalanceTooSmall, floor.Limit(Alice, Side.Sell, 100, 1));
    }

    [Fact]
    public void A_post_only_order_that_would_match_is_refused()
    {
        _floor.Limit(Alice, Side.Sell, 1000, 1000);
        Assert.Equal(Rejection.WouldMatch, _floor.Limit(Bob, Side.Buy, 1000, 1000, TimeInForce.PostOnly));
        Assert.Equal(Rejection.None, _floor.Limit(Bob, Side.Buy, 999, 1000, TimeInForce.PostOnly));
    }

    [Fact]
    public void An_order_of_another_account_cannot_be_canceled()
    {
        _floor.Limit(Alice, Side.Sell, 1000, 1000);
        Assert.Equal(Rejection.NotYourOrder, _floor.Cancel(Bob, 1));
        Assert.Equal(1, _floor.Book.OrderCount);
    }

    [Fact]
    public void A_final_or_unknown_order_cannot_be_canceled()
    {
        _floor.Limit(Alice, Side.Sell, 1000, 1000);
        _floor.Cancel(Alice, 1);
        Assert.Equal(Rejection.UnknownOrder, _floor.Cancel(Alice, 1));
        Assert.Equal(Rejection.UnknownOrder, _floor.Cancel(Alice, 99));
    }

    [Fact]
    public void A_refused_order_takes_no_id_and_says_nothing()
    {
        _floor.Limit(Alice, Side.Buy, 0, 1);
        Assert.Equal(0, _floor.Engine.LastOrderId);
        Assert.Empty(_floor.Log.Orders);
        Assert.Empty(_floor.Log.Levels);
    }
}

using Showcase.Exchange.Matching;
using static Showcase.Tests.Exchange.Matching.Floor;

namespace Showcase.Tests.Exchange.Matching;

public sealed class SelfTradePreventionTests
{
    private readonly Floor _floor = new();

    [Theory]
    [InlineData(SelfTradePrevention.ExpireMaker, OrderStatus.Expired, OrderStatus.Filled, 3, 2)]
    [InlineData(SelfTradePrevention.ExpireTaker, OrderStatus.New, OrderStatus.Expired, 1, 0)]
    [InlineData(SelfTradePrevention.ExpireBoth, OrderStatus.Expired, OrderStatus.Expired, 1, 0)]
    public void The_mode_decides_which_order_expires(SelfTradePrevention mode, OrderStatus own, OrderStatus incoming, long filled, long last)
    {
        _floor.Limit(Bob, Side.Sell, 100, 1);
        _floor.Limit(Alice, Side.Sell, 101, 10);
        _floor.Limit(Bob, Side.Sell, 102, 2);
        _floor.Limit(Alice, Side.Buy, 105, 3, mode: mode);

        Assert.Equal(own, _floor.Order(2).Status);
        Assert.Equal(incoming, _floor.Order(4).Status);
        Assert.Equal(filled, _floor.Order(4).Filled);
        Assert.Equal(last, _floor.Order(3).Filled);
        Assert.Null(_floor.Book.BestBid);
        Assert.Equal(own == OrderStatus.New ? 10 * 100_000 : 0, _floor.Ledger.Locked(Alice, Sol));
    }

    [Fact]
    public void A_fill_or_kill_order_that_its_own_account_would_stop_is_killed_whole()
    {
        _floor.Limit(Bob, Side.Sell, 100, 1);
        _floor.Limit(Alice, Side.Sell, 101, 1);
        _floor.Limit(Bob, Side.Sell, 102, 1);
        _floor.Limit(Alice, Side.Buy, 105, 2, TimeInForce.FillOrKill, SelfTradePrevention.ExpireTaker);

        Assert.Empty(_floor.Log.Trades);
        Assert.Equal(OrderStatus.Expired, _floor.Order(4).Status);
    }

    [Fact]
    public void A_market_order_by_amount_that_meets_its_own_account_first_expires_without_a_trade()
    {
        _floor.Limit(Alice, Side.Sell, 100, 1);
        _floor.Limit(Bob, Side.Sell, 101, 1);
        _floor.Spend(Alice, 101 * TickStep, mode: SelfTradePrevention.ExpireTaker);

        Assert.Equal((0, OrderStatus.Expired), (_floor.Order(3).Quantity, _floor.Order(3).Status));
    }
}

using Showcase.Exchange.Matching;
using static Showcase.Tests.Exchange.Matching.Floor;

namespace Showcase.Tests.Exchange.Matching;

public sealed class StopOrderTests
{
    private readonly Floor _floor = new();

    [Fact]
    public void A_waiting_order_locks_its_cost_and_is_not_in_the_book()
    {
        Assert.Equal(Rejection.None, _floor.Stop(Alice, Side.Buy, OrderType.StopLossLimit, 110, 112, 10));

        Assert.True(_floor.Order(1).IsWaiting);
        Assert.Null(_floor.Book.BestBid);
        Assert.Equal(112 * 10 * TickStep, _floor.Ledger.Locked(Alice, Usdt));
        Assert.Equal(Rejection.NotYourOrder, _floor.Cancel(Bob, 1));
        Assert.Equal(Rejection.None, _floor.Cancel(Alice, 1));
        Assert.Equal(0, _floor.Ledger.Locked(Alice, Usdt));
    }

    [Theory]
    [InlineData(OrderType.StopLossLimit, Side.Sell, 95, 96, 95)]
    [InlineData(OrderType.TakeProfitLimit, Side.Sell, 105, 104, 105)]
    [InlineData(OrderType.StopLossLimit, Side.Buy, 105, 104, 105)]
    [InlineData(OrderType.TakeProfitLimit, Side.Buy, 95, 96, 95)]
    public void An_order_waits_until_a_trade_reaches_its_stop_price(OrderType type, Side side, long stopPrice, long before, long at)
    {
        TradeAt(100);
        Assert.Equal(Rejection.None, _floor.Stop(Carol, side, type, stopPrice, stopPrice, 5));
        var id = _floor.Engine.LastOrderId;

        TradeAt(before);
        Assert.True(_floor.Order(id).IsWaiting);
        TradeAt(at);
        Assert.False(_floor.Order(id).IsWaiting);
        Assert.Equal((stopPrice, 5), Assert.Single(_floor.Levels(side)));
    }

    [Fact]
    public void A_triggered_order_matches_at_once_and_can_trigger_the_next()
    {
        TradeAt(100);
        _floor.Stop(Carol, Side.Sell, OrderType.StopLossLimit, 98, 90, 5);
        _floor.Stop(Carol, Side.Sell, OrderType.StopLossLimit, 95, 90, 5);
        _floor.Limit(Alice, Side.Buy, 94, 5);
        _floor.Limit(Alice, Side.Buy, 93, 5);
        TradeAt(98);

        Assert.Equal([94L, 93L], _floor.Log.Trades.TakeLast(2).Select(trade => trade.Price));
        Assert.Equal(0, _floor.Ledger.Locked(Carol, Sol));
    }

    [Fact]
    public void A_price_that_only_the_first_trade_of_a_sweep_reached_triggers_as_well()
    {
        TradeAt(100);
        _floor.Stop(Carol, Side.Sell, OrderType.StopLossLimit, 97, 90, 5);
        _floor.Limit(Alice, Side.Sell, 96, 1);
        _floor.Limit(Alice, Side.Sell, 101, 1);
        _floor.Market(Bob, Side.Buy, 2);

        Assert.False(_floor.Order(3).IsWaiting);
    }

    private void TradeAt(long price)
    {
        _floor.Limit(Alice, Side.Sell, price, 1);
        _floor.Limit(Bob, Side.Buy, price, 1);
    }
}

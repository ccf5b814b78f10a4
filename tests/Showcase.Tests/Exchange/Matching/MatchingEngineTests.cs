using Showcase.Exchange.Matching;
using static Showcase.Tests.Exchange.Matching.Floor;

namespace Showcase.Tests.Exchange.Matching;

public sealed class MatchingEngineTests
{
    private readonly Floor _floor = new();

    [Fact]
    public void A_limit_order_that_meets_nobody_rests_and_locks_its_cost()
    {
        Assert.Equal(Rejection.None, _floor.Limit(Alice, Side.Buy, 14236, 500));

        Assert.Equal((14236, 500), Assert.Single(_floor.Levels(Side.Buy)));
        Assert.Equal(14236 * 500 * TickStep, _floor.Ledger.Locked(Alice, Usdt));
        Assert.Equal(OrderStatus.New, _floor.Order(1).Status);
    }

    [Fact]
    public void A_better_price_matches_before_an_earlier_order()
    {
        _floor.Limit(Alice, Side.Sell, 101, 10);
        _floor.Limit(Bob, Side.Sell, 100, 10);
        _floor.Market(Carol, Side.Buy, 15);

        Assert.Equal([2L, 1L], _floor.Log.Trades.Select(trade => trade.MakerOrder));
        Assert.Equal([10L, 5L], _floor.Log.Trades.Select(trade => trade.Quantity));
    }

    [Fact]
    public void The_earlier_order_matches_first_at_one_price()
    {
        _floor.Limit(Alice, Side.Buy, 100, 10);
        _floor.Limit(Bob, Side.Buy, 100, 10);
        _floor.Limit(Carol, Side.Sell, 100, 12);

        Assert.Equal([1L, 2L], _floor.Log.Trades.Select(trade => trade.MakerOrder));
        Assert.Equal((100, 8), Assert.Single(_floor.Levels(Side.Buy)));
    }

    [Fact]
    public void A_trade_happens_at_the_resting_price_and_the_rest_of_the_order_rests_at_its_own()
    {
        _floor.Limit(Alice, Side.Sell, 100, 10);
        _floor.Limit(Bob, Side.Buy, 105, 30);

        Assert.Equal(100, Assert.Single(_floor.Log.Trades).Price);
        Assert.Equal((105, 20), Assert.Single(_floor.Levels(Side.Buy)));
        Assert.Equal(105 * 20 * TickStep, _floor.Ledger.Locked(Bob, Usdt));
        Assert.Equal(OrderStatus.PartiallyFilled, _floor.Order(2).Status);
    }

    [Fact]
    public void Each_side_pays_its_fee_in_what_it_receives()
    {
        _floor.Limit(Alice, Side.Sell, 10_000, 1_000);
        _floor.Market(Bob, Side.Buy, 1_000);

        // 1 SOL for 100 USDT: the maker gives 0.075 % of the USDT, the taker 0.1 % of the SOL.
        var trade = Assert.Single(_floor.Log.Trades);
        Assert.Equal(7_500_000, trade.MakerFee);
        Assert.Equal(100_000, trade.TakerFee);
        Assert.Equal(7_500_000, _floor.Ledger.Free(Ledger.FeeAccount, Usdt));
        Assert.Equal(1_000_000_000_000 + 100_000_000 - 100_000, _floor.Ledger.Free(Bob, Sol));
    }

    [Fact]
    public void A_market_buy_by_amount_spends_as_many_whole_steps_as_it_can()
    {
        _floor.Limit(Alice, Side.Sell, 10_000, 3);
        _floor.Limit(Alice, Side.Sell, 20_000, 3);
        _floor.Spend(Bob, (3 * 10_000 * TickStep) + (20_000 * TickStep) + 19_999);

        Assert.Equal(4, _floor.Order(3).Filled);
        Assert.Equal(OrderStatus.Filled, _floor.Order(3).Status);
        Assert.Equal(50_000 * TickStep, _floor.Order(3).QuoteFilled);
    }

    [Fact]
    public void A_market_order_larger_than_the_book_fills_what_is_there_and_expires()
    {
        _floor.Limit(Alice, Side.Sell, 100, 10);
        _floor.Market(Bob, Side.Buy, 30);

        Assert.Equal(10, _floor.Order(2).Filled);
        Assert.Equal(OrderStatus.Expired, _floor.Order(2).Status);
    }

    [Fact]
    public void A_canceled_order_gives_back_what_it_locked()
    {
        var free = _floor.Ledger.Free(Alice, Usdt);
        _floor.Limit(Alice, Side.Buy, 100, 10);
        _floor.Limit(Bob, Side.Sell, 100, 4);
        _floor.Cancel(Alice, 1);

        Assert.Equal(0, _floor.Ledger.Locked(Alice, Usdt));
        Assert.Equal(free - (400 * TickStep), _floor.Ledger.Free(Alice, Usdt));
        Assert.Equal(OrderStatus.Canceled, _floor.Order(1).Status);
        Assert.Null(_floor.Book.BestBid);
    }

    [Fact]
    public void An_order_never_trades_with_its_own_account()
    {
        _floor.Limit(Alice, Side.Sell, 100, 10);
        _floor.Limit(Bob, Side.Sell, 101, 10);
        _floor.Market(Alice, Side.Buy, 5);

        Assert.Equal(OrderStatus.Expired, _floor.Order(1).Status);
        Assert.Equal(2, Assert.Single(_floor.Log.Trades).MakerOrder);
        Assert.Equal(0, _floor.Ledger.Locked(Alice, Sol));
    }

    [Theory]
    [InlineData(TimeInForce.ImmediateOrCancel, 10, OrderStatus.Expired)]
    [InlineData(TimeInForce.FillOrKill, 0, OrderStatus.Expired)]
    [InlineData(TimeInForce.GoodTillCanceled, 10, OrderStatus.PartiallyFilled)]
    public void Time_in_force_decides_what_happens_to_the_rest(TimeInForce timeInForce, long filled, OrderStatus status)
    {
        _floor.Limit(Alice, Side.Sell, 100, 10);
        _floor.Limit(Bob, Side.Buy, 100, 11, timeInForce);

        Assert.Equal(filled, _floor.Order(2).Filled);
        Assert.Equal(status, _floor.Order(2).Status);
    }

    [Fact]
    public void A_fill_or_kill_order_fills_when_the_book_suffices()
    {
        _floor.Limit(Alice, Side.Sell, 100, 10);
        _floor.Limit(Alice, Side.Sell, 101, 10);
        _floor.Limit(Bob, Side.Buy, 101, 20, TimeInForce.FillOrKill);

        Assert.Equal(OrderStatus.Filled, _floor.Order(3).Status);
    }
}

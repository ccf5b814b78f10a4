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
    public void A_market_sell_by_amount_receives_at_most_the_amount()
    {
        _floor.Limit(Alice, Side.Buy, 200, 3);
        _floor.Limit(Alice, Side.Buy, 100, 3);
        _floor.Spend(Bob, (3 * 200 * TickStep) + (100 * TickStep) + 99, Side.Sell);

        Assert.Equal((4, OrderStatus.Filled), (_floor.Order(3).Filled, _floor.Order(3).Status));
        Assert.Equal(700 * TickStep, _floor.Order(3).QuoteFilled);
    }

    [Fact]
    public void A_replacement_may_spend_what_the_replaced_order_locked()
    {
        var floor = new Floor(usdtUnits: 1000 * TickStep);
        floor.Limit(Alice, Side.Buy, 100, 10);
        Assert.Equal(Rejection.BalanceTooSmall, floor.Limit(Alice, Side.Buy, 101, 9));
        Assert.Equal(Rejection.BalanceTooSmall, floor.Limit(Alice, Side.Buy, 101, 10, replaces: 1));
        Assert.Equal((100, 10), Assert.Single(floor.Levels(Side.Buy)));
        Assert.Equal(Rejection.NotYourOrder, floor.Limit(Bob, Side.Buy, 90, 1, replaces: 1));
        Assert.Equal(Rejection.None, floor.Limit(Alice, Side.Buy, 101, 9, replaces: 1));

        Assert.Equal(OrderStatus.Canceled, floor.Order(1).Status);
        Assert.Equal((101, 9), Assert.Single(floor.Levels(Side.Buy)));
        Assert.Equal(909 * TickStep, floor.Ledger.Locked(Alice, Usdt));
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

    [Fact]
    public void Orders_allocate_nothing_once_the_engine_has_reached_its_size()
    {
        var random = new Random(1);
        var floor = new Floor(solUnits: long.MaxValue / 8, usdtUnits: long.MaxValue / 8);
        OccupyEveryPrice(floor);
        Run(floor, random, 50_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(floor, random, 50_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void OccupyEveryPrice(Floor floor)
    {
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            for (var price = 880; price <= 1120; price++)
            {
                floor.Limit(Alice, side, price, 1);
                floor.Stop(Alice, side, OrderType.StopLossLimit, price, price, 1);
            }

            for (var id = floor.Engine.LastOrderId; id > 0; id--) floor.Cancel(Alice, id);
        }

        floor.Log.Clear();
    }

    private static void Run(Floor floor, Random random, int orders)
    {
        for (var i = 0; i < orders; i++)
        {
            var (side, price) = ((Side)random.Next(2), random.Next(900, 1101));
            switch (random.Next(10))
            {
                case < 6:
                    floor.Limit(Alice, side, side == Side.Buy ? price - 20 : price + 20, random.Next(1, 100));
                    break;
                case 6:
                    floor.Stop(Alice, side, (OrderType)random.Next(2, 4), price, price, 5);
                    break;
                default:
                    floor.Market(Bob, side, random.Next(1, 200));
                    break;
            }

            floor.Cancel(Alice, floor.Engine.LastOrderId - 300);
            floor.Log.Clear();
        }
    }
}

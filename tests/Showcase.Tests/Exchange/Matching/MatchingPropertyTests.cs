using CsCheck;
using Showcase.Exchange.Matching;

namespace Showcase.Tests.Exchange.Matching;

public sealed class MatchingPropertyTests
{
    // Small enough that balances run out in the course of a sequence.
    private static Floor PoorFloor() => new(solUnits: 40 * 100_000, usdtUnits: 40 * 100 * Floor.TickStep);

    [Fact]
    public void The_book_is_never_crossed() => AfterEachStep((floor, _) =>
        Assert.True(floor.Book.BestBid is not { } bid || floor.Book.BestAsk is not { } ask || bid < ask));

    [Fact]
    public void Money_is_conserved_to_the_last_unit() => AfterEachStep((floor, _) =>
    {
        foreach (var asset in (int[])[Floor.Sol, Floor.Usdt])
        {
            var sum = Enumerable.Range(0, floor.Ledger.AccountCount)
                .Sum(account => floor.Ledger.Free(account, asset) + floor.Ledger.Locked(account, asset));
            Assert.Equal(floor.Ledger.Supply(asset), sum);
        }
    });

    [Fact]
    public void No_balance_is_ever_negative() => AfterEachStep((floor, _) =>
    {
        foreach (var account in Enumerable.Range(0, floor.Ledger.AccountCount))
            foreach (var asset in (int[])[Floor.Sol, Floor.Usdt])
            {
                Assert.True(floor.Ledger.Free(account, asset) >= 0);
                Assert.True(floor.Ledger.Locked(account, asset) >= 0);
            }
    });

    [Fact]
    public void What_is_locked_is_what_the_open_orders_may_cost() => AfterEachStep((floor, _) =>
    {
        var open = floor.Log.Orders.GroupBy(order => order.Id).Select(states => states.Last()).Where(order => order.IsOpen).ToList();
        foreach (var account in Enumerable.Range(1, 3))
        {
            var mine = open.Where(order => order.Account == account).ToLookup(order => order.Side);
            Assert.Equal(
                mine[Side.Buy].Sum(order => order.Price * (order.Quantity - order.Filled) * Floor.TickStep),
                floor.Ledger.Locked(account, Floor.Usdt));
            Assert.Equal(
                mine[Side.Sell].Sum(order => (order.Quantity - order.Filled) * 100_000),
                floor.Ledger.Locked(account, Floor.Sol));
        }
    });

    [Fact]
    public void Trade_and_order_and_update_ids_have_no_holes() => Step.Sequences.Sample(steps =>
    {
        var floor = PoorFloor();
        foreach (var step in steps) step.Apply(floor);
        Assert.Equal(Enumerable.Range(1, floor.Log.Trades.Count).Select(i => (long)i), floor.Log.Trades.Select(trade => trade.Id));
        Assert.Equal(Enumerable.Range(1, floor.Log.Levels.Count).Select(i => (long)i), floor.Log.Levels.Select(level => level.UpdateId));
        Assert.Equal(floor.Engine.LastOrderId, floor.Log.Orders.Select(order => order.Id).Distinct().Count());
    });

    [Fact]
    public void The_same_orders_give_the_same_trades() => Step.Sequences.Sample(steps =>
    {
        Floor one = PoorFloor(), other = PoorFloor();
        foreach (var step in steps) step.Apply(one);
        foreach (var step in steps) step.Apply(other);
        Assert.Equal(one.Log.Trades, other.Log.Trades);
        Assert.Equal(one.Log.Orders, other.Log.Orders);
        Assert.Equal(one.Log.Levels, other.Log.Levels);
    });

    [Fact]
    public void The_level_changes_rebuild_the_book() => Step.Sequences.Sample(steps =>
    {
        var floor = PoorFloor();
        foreach (var step in steps) step.Apply(floor);
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            var rebuilt = new SortedDictionary<long, long>();
            foreach (var change in floor.Log.Levels.Where(change => change.Side == side))
            {
                if (change.Quantity == 0) rebuilt.Remove(change.Price);
                else rebuilt[change.Price] = change.Quantity;
            }

            Assert.Equal(rebuilt.Select(level => (level.Key, level.Value)), floor.Levels(side).OrderBy(level => level.Price));
        }
    });

    [Fact]
    public void Trades_and_books_equal_those_of_a_naive_model() => Step.Sequences.Sample(steps =>
    {
        var floor = PoorFloor();
        var model = new NaiveExchange();
        foreach (var step in steps)
        {
            // The model knows no money: it follows the engine's word on who may enter.
            if (step.Apply(floor) == Rejection.None) model.Apply(step);
            Assert.Equal(model.Trades, floor.Log.Trades.Select(trade => (trade.MakerOrder, trade.TakerOrder, trade.Price, trade.Quantity)));
            Assert.Equal(model.Levels(Side.Buy), floor.Levels(Side.Buy));
            Assert.Equal(model.Levels(Side.Sell), floor.Levels(Side.Sell));
        }
    });

    private static void AfterEachStep(Action<Floor, Rejection> claim) => Step.Sequences.Sample(steps =>
    {
        var floor = PoorFloor();
        foreach (var step in steps) claim(floor, step.Apply(floor));
    });
}

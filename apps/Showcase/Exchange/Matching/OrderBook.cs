namespace Showcase.Exchange.Matching;

/// <summary>The resting orders of one symbol. Not thread-safe: it belongs to the engine's writer.</summary>
public sealed class OrderBook
{
    private readonly BookSide _bids = new(Side.Buy);
    private readonly BookSide _asks = new(Side.Sell);
    private readonly Dictionary<long, Order> _orders = [];

    /// <summary>Id of the latest level change; 0 before the first.</summary>
    public long LastUpdateId { get; private set; }

    /// <summary>Number of resting orders.</summary>
    public int OrderCount => _orders.Count;

    /// <summary>Best price to sell at, in ticks; null when nobody buys.</summary>
    public long? BestBid => _bids.Best?.Price;

    /// <summary>Best price to buy at, in ticks; null when nobody sells.</summary>
    public long? BestAsk => _asks.Best?.Price;

    /// <summary>Number of levels of a side.</summary>
    public int LevelCount(Side side) => SideOf(side).Count;

    /// <summary>The nth level of a side, 0 being the best: price in ticks, quantity in steps.</summary>
    public (long Price, long Quantity) LevelAt(Side side, int index)
    {
        var levels = SideOf(side).WorstFirst;
        var level = levels[levels.Length - 1 - index];
        return (level.Price, level.Quantity);
    }

    internal BookSide SideOf(Side side) => side == Side.Buy ? _bids : _asks;

    internal BookSide Opposite(Side side) => side == Side.Buy ? _asks : _bids;

    internal Order? Find(long id) => _orders.GetValueOrDefault(id);

    internal void Add(Order order, Execution execution)
    {
        var side = SideOf(order.Side);
        var level = side.GetOrAdd(order.Price);
        level.Append(order);
        _orders.Add(order.Id, order);
        Report(side, level, execution);
    }

    /// <summary>Takes a resting order out and reports its level.</summary>
    internal void Remove(Order order, Execution execution)
    {
        var side = SideOf(order.Side);
        var level = order.Level!;
        Unlink(order);
        Report(side, level, execution);
    }

    /// <summary>Takes a resting order out; whoever sweeps the level reports it once, at the end.</summary>
    internal void Unlink(Order order)
    {
        order.Level!.Remove(order);
        _orders.Remove(order.Id);
    }

    /// <summary>Gives a level's new quantity an id, and drops the level when it is empty.</summary>
    internal void Report(BookSide side, PriceLevel level, Execution execution)
    {
        execution.Levels.Add(new LevelChange(++LastUpdateId, side.Side, level.Price, level.Quantity));
        if (level.First is null) side.Remove(level);
    }
}

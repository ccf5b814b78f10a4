namespace Showcase.Exchange.Matching;

/// <summary>The resting orders of one symbol. Not thread-safe: only the engine's writer accesses it.</summary>
public sealed class OrderBook
{
    private readonly BookSide _bids = new(Side.Buy);
    private readonly BookSide _asks = new(Side.Sell);
    private readonly Dictionary<long, Order> _orders = [];

    /// <summary>The id of the latest level change; 0 before the first.</summary>
    public long LastUpdateId { get; private set; }

    /// <summary>The number of resting orders.</summary>
    public int OrderCount => _orders.Count;

    /// <summary>The highest bid in ticks; null when there are no bids.</summary>
    public long? BestBid => _bids.Best?.Price;

    /// <summary>The lowest ask in ticks; null when there are no asks.</summary>
    public long? BestAsk => _asks.Best?.Price;

    /// <summary>Returns the number of levels of a side.</summary>
    public int LevelCount(Side side) => SideOf(side).Count;

    /// <summary>Returns the nth level of a side: price in ticks, quantity in steps. Index 0 is the best level.</summary>
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

    /// <summary>Removes a resting order and reports the change of its level.</summary>
    internal void Remove(Order order, Execution execution)
    {
        var side = SideOf(order.Side);
        var level = order.Level!;
        Unlink(order);
        Report(side, level, execution);
    }

    /// <summary>Removes a resting order without reporting its level; the caller reports the level once, after matching it.</summary>
    internal void Unlink(Order order)
    {
        order.Level!.Remove(order);
        _orders.Remove(order.Id);
    }

    /// <summary>Assigns an update id to a level's new quantity and removes the level when it is empty.</summary>
    internal void Report(BookSide side, PriceLevel level, Execution execution)
    {
        execution.Levels.Add(new LevelChange(++LastUpdateId, side.Side, level.Price, level.Quantity));
        if (level.First is null) side.Remove(level);
    }
}

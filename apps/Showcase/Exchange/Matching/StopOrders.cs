namespace Showcase.Exchange.Matching;

/// <summary>
/// The orders of one symbol that wait for the last price to reach their stop price. Not thread-safe: only the engine's
/// writer accesses it. Checking for a triggered order reads two levels; adding and removing cost a binary search.
/// </summary>
internal sealed class StopOrders
{
    // The best level of a side of asks is its lowest price, which a rising price reaches first; of bids, the highest.
    private readonly BookSide _rising = new(Side.Sell);
    private readonly BookSide _falling = new(Side.Buy);
    private readonly Dictionary<long, Order> _orders = [];

    public Order? Find(long id) => _orders.GetValueOrDefault(id);

    public void Add(Order order)
    {
        SideOf(order).GetOrAdd(order.StopPrice).Append(order);
        _orders.Add(order.Id, order);
        order.IsWaiting = true;
    }

    public void Remove(Order order)
    {
        var level = order.Level!;
        level.Remove(order);
        if (level.First is null) SideOf(order).Remove(level);
        _orders.Remove(order.Id);
        order.IsWaiting = false;
    }

    /// <summary>Returns the next order whose stop price lies within the prices traded since the last check; null when there is none.</summary>
    public Order? Triggered(long lowest, long highest) =>
        _rising.Best is { } rising && _rising.IsWithin(rising, highest) ? rising.First
        : _falling.Best is { } falling && _falling.IsWithin(falling, lowest) ? falling.First
        : null;

    /// <summary>Returns whether an order waits for the price to rise; otherwise it waits for the price to fall.</summary>
    public static bool WaitsForRise(OrderType type, Side side) => (type == OrderType.StopLossLimit) == (side == Side.Buy);

    private BookSide SideOf(Order order) => WaitsForRise(order.Type, order.Side) ? _rising : _falling;
}

namespace Showcase.Exchange.Matching;

/// <summary>
/// Matches the orders of one symbol by price, then by time. It performs no I/O, has no clock and has a single writer, so
/// the same commands always produce the same trades.
/// </summary>
/// <param name="instrument">The traded instrument.</param>
/// <param name="ledger">The balances of all accounts.</param>
/// <param name="lastId">The id that precedes the first order's id and the first trade's id.</param>
public sealed class MatchingEngine(Instrument instrument, Ledger ledger, long lastId = 0)
{
    private readonly Settlement _settlement = new(instrument, ledger);
    private readonly Admission _admission = new(instrument, ledger);
    private Order? _spare;

    /// <summary>The traded instrument.</summary>
    public Instrument Instrument { get; } = instrument.Validated();

    /// <summary>The resting orders.</summary>
    public OrderBook Book { get; } = new();

    /// <summary>The id of the latest order; before the first order, the id that precedes it.</summary>
    public long LastOrderId { get; private set; } = lastId;

    /// <summary>The id of the latest trade; before the first trade, the id that precedes it.</summary>
    public long LastTradeId { get; private set; } = lastId;

    /// <summary>Matches an order and rests its remainder in the book, or rejects it and changes nothing.</summary>
    /// <param name="command">The order.</param>
    /// <param name="execution">Receives the outcome; its last order is the incoming order's final state.</param>
    public Rejection Place(in NewOrder command, Execution execution)
    {
        var rejection = _admission.Check(command, Book);
        if (rejection != Rejection.None) return rejection;

        var order = Accept(command);
        var mayMatch = command.TimeInForce != TimeInForce.FillOrKill || order.Type == OrderType.Market
            || Depth.Fillable(Book, command) >= command.Quantity;
        if (mayMatch) Match(order, execution);

        var rests = order.Type == OrderType.Limit
            && command.TimeInForce is TimeInForce.GoodTillCanceled or TimeInForce.PostOnly;
        // The quantity of an order by quote amount is the sum of its trades; admission guarantees at least one.
        if (order.QuoteAmount > 0) order.Quantity = order.Filled + Wanted(order, execution.Trades[^1].Price);
        order.Status = order.Filled == order.Quantity && order.Filled > 0 ? OrderStatus.Filled
            : !rests ? OrderStatus.Expired
            : order.Filled > 0 ? OrderStatus.PartiallyFilled
            : OrderStatus.New;
        if (order.State.IsOpen)
        {
            _settlement.Lock(order);
            Book.Add(order, execution);
        }

        execution.Orders.Add(order.State);
        if (order.Level is null) Recycle(order);
        return Rejection.None;
    }

    /// <summary>Cancels a resting order.</summary>
    /// <param name="account">The account that cancels; only the order's owner can cancel it.</param>
    /// <param name="id">The order's id.</param>
    /// <param name="time">The current time in Unix milliseconds.</param>
    /// <param name="execution">Receives the order's final state.</param>
    public Rejection Cancel(int account, long id, long time, Execution execution)
    {
        if (Book.Find(id) is not { } order) return Rejection.UnknownOrder;
        if (order.Account != account) return Rejection.NotYourOrder;
        _settlement.Unlock(order);
        Book.Remove(order, execution);
        Finish(order, OrderStatus.Canceled, time, execution);
        return Rejection.None;
    }

    private void Match(Order taker, Execution execution)
    {
        var side = Book.Opposite(taker.Side);
        while (side.Best is { } level
            && (taker.Type == OrderType.Market || side.IsWithin(level, taker.Price))
            && Wanted(taker, level.Price) > 0)
        {
            Sweep(taker, level, execution);
            Book.Report(side, level, execution);
        }
    }

    /// <summary>Matches the orders of one level until the level is empty or the taker is filled.</summary>
    private void Sweep(Order taker, PriceLevel level, Execution execution)
    {
        while (level.First is { } maker && Wanted(taker, level.Price) is var wanted and > 0)
        {
            if (maker.Account != taker.Account)
            {
                Trade(taker, maker, level, Math.Min(maker.Remaining, wanted), execution);
                continue;
            }

            // An account never trades with itself: the resting order expires.
            _settlement.Unlock(maker);
            Book.Unlink(maker);
            Finish(maker, OrderStatus.Expired, taker.Time, execution);
        }
    }

    private void Trade(Order taker, Order maker, PriceLevel level, long quantity, Execution execution)
    {
        var fees = _settlement.Settle(taker, maker, level.Price, quantity);
        var notional = Instrument.Notional(level.Price, quantity);
        taker.Filled += quantity;
        taker.QuoteFilled += notional;
        maker.Filled += quantity;
        maker.QuoteFilled += notional;
        level.Quantity -= quantity;
        execution.Trades.Add(new Trade(
            ++LastTradeId, level.Price, quantity, taker.Side, maker.Id, taker.Id, maker.Account, taker.Account,
            fees.Maker, fees.Taker, taker.Time));

        if (maker.Remaining == 0)
        {
            Book.Unlink(maker);
            Finish(maker, OrderStatus.Filled, taker.Time, execution);
            return;
        }

        maker.Status = OrderStatus.PartiallyFilled;
        maker.Updated = taker.Time;
        execution.Orders.Add(maker.State);
    }

    /// <summary>Returns the taker's remaining quantity at a price, in steps.</summary>
    private long Wanted(Order taker, long price) => taker.QuoteAmount == 0
        ? taker.Remaining
        : Math.Min((taker.QuoteAmount - taker.QuoteFilled) / Instrument.Notional(price, 1), Instrument.MaxQuantity - taker.Filled);

    private Order Accept(in NewOrder command)
    {
        var order = _spare ?? new Order();
        _spare = order.Next;
        order.Next = null;
        order.Id = ++LastOrderId;
        order.Account = command.Account;
        order.Side = command.Side;
        order.Type = command.Type;
        order.Price = command.Type == OrderType.Limit ? command.Price : 0;
        order.Quantity = command.Quantity;
        order.QuoteAmount = command.QuoteAmount;
        order.Filled = order.QuoteFilled = 0;
        order.Time = order.Updated = command.Time;
        return order;
    }

    private void Finish(Order order, OrderStatus status, long time, Execution execution)
    {
        order.Status = status;
        order.Updated = time;
        execution.Orders.Add(order.State);
        Recycle(order);
    }

    private void Recycle(Order order)
    {
        order.Next = _spare;
        _spare = order;
    }
}

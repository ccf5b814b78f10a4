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
    private readonly StopOrders _stops = new();
    private Order? _spare;

    // The prices of the trades since the last check of the stop orders.
    private long _lowest = long.MaxValue, _highest;

    /// <summary>The traded instrument.</summary>
    public Instrument Instrument { get; } = instrument.Validated();

    /// <summary>The resting orders.</summary>
    public OrderBook Book { get; } = new();

    /// <summary>The id of the latest order; before the first order, the id that precedes it.</summary>
    public long LastOrderId { get; private set; } = lastId;

    /// <summary>The id of the latest trade; before the first trade, the id that precedes it.</summary>
    public long LastTradeId { get; private set; } = lastId;

    /// <summary>The price of the latest trade in ticks; 0 before the first.</summary>
    public long LastPrice { get; private set; }

    /// <summary>
    /// Matches an order and rests its remainder in the book, or stores an order that waits for its stop price, or rejects the
    /// order and changes nothing. The caller then calls <see cref="Trigger"/> until it returns false.
    /// </summary>
    /// <param name="command">The order.</param>
    /// <param name="execution">Receives the outcome; its last order is the incoming order's final state.</param>
    public Rejection Place(in NewOrder command, Execution execution)
    {
        var rejection = _admission.Check(command, Book, LastPrice);
        if (rejection != Rejection.None) return rejection;

        var order = Accept(command);
        if (command.Type is OrderType.StopLossLimit or OrderType.TakeProfitLimit) Wait(order, execution);
        else Execute(order, execution);
        return Rejection.None;
    }

    /// <summary>
    /// Cancels an open order and places another in one step. The amount that the canceled order reserves is available to the new
    /// one. When either is rejected, nothing changes.
    /// </summary>
    /// <param name="id">The id of the order to cancel, which the account of <paramref name="command"/> owns.</param>
    /// <param name="command">The new order.</param>
    /// <param name="execution">Receives the final state of the canceled order, then the outcome of the new one.</param>
    public Rejection Replace(long id, in NewOrder command, Execution execution)
    {
        if (Find(id) is not { } replaced) return Rejection.UnknownOrder;
        if (replaced.Account != command.Account) return Rejection.NotYourOrder;
        _settlement.Unlock(replaced);
        var rejection = _admission.Check(command, Book, LastPrice);
        _settlement.Lock(replaced);
        if (rejection != Rejection.None) return rejection;
        Cancel(command.Account, id, command.Time, execution);
        return Place(command, execution);
    }

    /// <summary>Executes the next order whose stop price the trades since the last call have reached.</summary>
    /// <param name="time">The current time in Unix milliseconds.</param>
    /// <param name="execution">Receives the outcome.</param>
    /// <returns>False when no further order is triggered.</returns>
    public bool Trigger(long time, Execution execution)
    {
        if (_stops.Triggered(_lowest, _highest) is not { } order)
        {
            if (LastPrice != 0) (_lowest, _highest) = (LastPrice, LastPrice);
            return false;
        }

        _stops.Remove(order);
        _settlement.Unlock(order);
        order.Updated = time;
        Execute(order, execution);
        return true;
    }

    /// <summary>Cancels an open order.</summary>
    /// <param name="account">The account that cancels; only the order's owner can cancel it.</param>
    /// <param name="id">The order's id.</param>
    /// <param name="time">The current time in Unix milliseconds.</param>
    /// <param name="execution">Receives the order's final state.</param>
    public Rejection Cancel(int account, long id, long time, Execution execution)
    {
        if (Find(id) is not { } order) return Rejection.UnknownOrder;
        if (order.Account != account) return Rejection.NotYourOrder;
        _settlement.Unlock(order);
        if (order.IsWaiting) _stops.Remove(order);
        else Book.Remove(order, execution);
        Finish(order, OrderStatus.Canceled, time, execution);
        return Rejection.None;
    }

    private Order? Find(long id) => Book.Find(id) ?? _stops.Find(id);

    private void Wait(Order order, Execution execution)
    {
        order.Status = OrderStatus.New;
        _settlement.Lock(order);
        _stops.Add(order);
        execution.Orders.Add(order.State);
    }

    private void Execute(Order order, Execution execution)
    {
        var mayMatch = order.TimeInForce != TimeInForce.FillOrKill || order.Type == OrderType.Market
            || Depth.Fillable(Book, order) >= order.Quantity;
        var isPrevented = mayMatch && !Match(order, execution);

        // The quantity of an order by quote amount is the sum of its trades, and what is left at the last of them.
        if (order.QuoteAmount > 0)
            order.Quantity = order.Filled + (order.Filled == 0 ? 0 : Wanted(order, execution.Trades[^1].Price));
        var rests = !isPrevented && order.Type != OrderType.Market
            && order.TimeInForce is TimeInForce.GoodTillCanceled or TimeInForce.PostOnly;
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
    }

    /// <summary>Matches an order with the opposite side, and returns false when it met its own account and must not continue.</summary>
    private bool Match(Order taker, Execution execution)
    {
        var side = Book.Opposite(taker.Side);
        var mayContinue = true;
        while (mayContinue && side.Best is { } level
            && (taker.Type == OrderType.Market || side.IsWithin(level, taker.Price))
            && Wanted(taker, level.Price) > 0)
        {
            var before = level.Quantity;
            mayContinue = Sweep(taker, level, execution);
            if (level.Quantity != before) Book.Report(side, level, execution);
        }

        return mayContinue;
    }

    /// <summary>Matches the orders of one level until the level is empty, the taker is filled or the taker must not continue.</summary>
    private bool Sweep(Order taker, PriceLevel level, Execution execution)
    {
        while (level.First is { } maker && Wanted(taker, level.Price) is var wanted and > 0)
        {
            if (maker.Account != taker.Account)
            {
                Trade(taker, maker, level, Math.Min(maker.Remaining, wanted), execution);
                continue;
            }

            // An account never trades with itself.
            if (taker.SelfTradePrevention != SelfTradePrevention.ExpireTaker)
            {
                _settlement.Unlock(maker);
                Book.Unlink(maker);
                Finish(maker, OrderStatus.Expired, taker.Updated, execution);
            }

            if (taker.SelfTradePrevention != SelfTradePrevention.ExpireMaker) return false;
        }

        return true;
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
            fees.Maker, fees.Taker, taker.Updated));
        LastPrice = level.Price;
        _lowest = Math.Min(_lowest, level.Price);
        _highest = Math.Max(_highest, level.Price);

        if (maker.Remaining == 0)
        {
            Book.Unlink(maker);
            Finish(maker, OrderStatus.Filled, taker.Updated, execution);
            return;
        }

        maker.Status = OrderStatus.PartiallyFilled;
        maker.Updated = taker.Updated;
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
        order.Price = command.Type == OrderType.Market ? 0 : command.Price;
        order.StopPrice = command.StopPrice;
        order.TimeInForce = command.TimeInForce;
        order.SelfTradePrevention = command.SelfTradePrevention;
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

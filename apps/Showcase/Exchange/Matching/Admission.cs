namespace Showcase.Exchange.Matching;

/// <summary>Validates an order against the instrument's limits and then against the account's balances.</summary>
internal sealed class Admission(Instrument instrument, Ledger ledger)
{
    /// <summary>The largest factor between the last price and a limit price, in either direction.</summary>
    public const int MaxPriceFactor = 5;

    /// <summary>Validates an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="book">The resting orders.</param>
    /// <param name="lastPrice">The price of the latest trade in ticks; 0 before the first.</param>
    public Rejection Check(in NewOrder order, OrderBook book, long lastPrice) =>
        order.Type != OrderType.Market ? CheckLimit(order, book, lastPrice)
        : order.QuoteAmount != 0 ? CheckSpending(order, book)
        : CheckMarket(order, book);

    private Rejection CheckLimit(in NewOrder order, OrderBook book, long lastPrice)
    {
        if (order.Price < 1 || order.Price > instrument.MaxPrice) return Rejection.PriceOutOfRange;
        if (order.Quantity < 1 || order.Quantity > instrument.MaxQuantity) return Rejection.QuantityOutOfRange;
        var notional = instrument.Notional(order.Price, order.Quantity);
        if (notional < instrument.MinNotional) return Rejection.ValueTooSmall;
        if (Needed(order, notional) > Available(order)) return Rejection.BalanceTooSmall;
        if (lastPrice != 0 && (order.Price > lastPrice * MaxPriceFactor || order.Price * MaxPriceFactor < lastPrice))
            return Rejection.PriceTooFar;
        if (order.Type != OrderType.Limit) return CheckStop(order, lastPrice);
        var wouldMatch = order.TimeInForce == TimeInForce.PostOnly
            && book.Opposite(order.Side) is { Best: { } best } side && side.IsWithin(best, order.Price);
        return wouldMatch ? Rejection.WouldMatch : Rejection.None;
    }

    private Rejection CheckStop(in NewOrder order, long lastPrice)
    {
        if (order.StopPrice < 1 || order.StopPrice > instrument.MaxPrice) return Rejection.PriceOutOfRange;
        if (lastPrice == 0) return Rejection.None;
        var isReached = StopOrders.WaitsForRise(order.Type, order.Side) ? lastPrice >= order.StopPrice : lastPrice <= order.StopPrice;
        return isReached ? Rejection.WouldTrigger : Rejection.None;
    }

    private Rejection CheckMarket(in NewOrder order, OrderBook book)
    {
        if (order.Quantity < 1 || order.Quantity > instrument.MaxQuantity) return Rejection.QuantityOutOfRange;
        if (Depth.BestPrice(book, order) is not { } best) return Rejection.NothingToMatch;
        if (instrument.Notional(best, order.Quantity) < instrument.MinNotional) return Rejection.ValueTooSmall;
        return Needed(order, Depth.Value(book, order, instrument)) > Available(order) ? Rejection.BalanceTooSmall : Rejection.None;
    }

    private Rejection CheckSpending(in NewOrder order, OrderBook book)
    {
        if (order.Quantity != 0) throw new ArgumentException("An order has either a quantity or a quote amount.", nameof(order));
        if (order.QuoteAmount < instrument.MinNotional) return Rejection.ValueTooSmall;
        if (order.Side == Side.Buy && order.QuoteAmount > Available(order)) return Rejection.BalanceTooSmall;
        if (Depth.BestPrice(book, order) is not { } best) return Rejection.NothingToMatch;
        if (order.Side == Side.Sell && Depth.QuantityFor(book, order, instrument) * instrument.StepAmount > Available(order))
            return Rejection.BalanceTooSmall;
        return order.QuoteAmount < instrument.Notional(best, 1) ? Rejection.ValueTooSmall : Rejection.None;
    }

    private long Needed(in NewOrder order, long notional) =>
        order.Side == Side.Buy ? notional : order.Quantity * instrument.StepAmount;

    private long Available(in NewOrder order) =>
        ledger.Free(order.Account, order.Side == Side.Buy ? instrument.Quote : instrument.Base);
}

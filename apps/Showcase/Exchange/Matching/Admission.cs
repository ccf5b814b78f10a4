namespace Showcase.Exchange.Matching;

/// <summary>Validates an order against the instrument's limits and then against the account's balances.</summary>
internal sealed class Admission(Instrument instrument, Ledger ledger)
{
    public Rejection Check(in NewOrder order, OrderBook book) =>
        order.Type == OrderType.Limit ? CheckLimit(order, book)
        : order.QuoteAmount != 0 ? CheckSpending(order, book)
        : CheckMarket(order, book);

    private Rejection CheckLimit(in NewOrder order, OrderBook book)
    {
        if (order.Price < 1 || order.Price > instrument.MaxPrice) return Rejection.PriceOutOfRange;
        if (order.Quantity < 1 || order.Quantity > instrument.MaxQuantity) return Rejection.QuantityOutOfRange;
        var notional = instrument.Notional(order.Price, order.Quantity);
        if (notional < instrument.MinNotional) return Rejection.ValueTooSmall;
        if (Needed(order, notional) > Available(order)) return Rejection.BalanceTooSmall;
        var wouldMatch = order.TimeInForce == TimeInForce.PostOnly
            && book.Opposite(order.Side) is { Best: { } best } side && side.IsWithin(best, order.Price);
        return wouldMatch ? Rejection.WouldMatch : Rejection.None;
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
        if (order.Side != Side.Buy || order.Quantity != 0)
            throw new ArgumentException("Only a market buy without a quantity may have a quote amount.", nameof(order));
        if (order.QuoteAmount < instrument.MinNotional) return Rejection.ValueTooSmall;
        if (order.QuoteAmount > Available(order)) return Rejection.BalanceTooSmall;
        if (Depth.BestPrice(book, order) is not { } best) return Rejection.NothingToMatch;
        return order.QuoteAmount < instrument.Notional(best, 1) ? Rejection.ValueTooSmall : Rejection.None;
    }

    private long Needed(in NewOrder order, long notional) =>
        order.Side == Side.Buy ? notional : order.Quantity * instrument.StepAmount;

    private long Available(in NewOrder order) =>
        ledger.Free(order.Account, order.Side == Side.Buy ? instrument.Quote : instrument.Base);
}

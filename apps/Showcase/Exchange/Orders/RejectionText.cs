using Duplex.Messaging.Errors;
using Showcase.Exchange.Matching;
using Showcase.Exchange.Wire;

namespace Showcase.Exchange.Orders;

/// <summary>Creates the errors that report why a command was rejected and how to correct it.</summary>
public static class RejectionText
{
    /// <summary>Creates the error for a rejected order.</summary>
    public static ClientException For(Rejection rejection, in NewOrder order, Market market, Ledger ledger) =>
        new((uint)rejection, Sentence(rejection, order, market, ledger));

    /// <summary>Creates the error for a rejected cancellation.</summary>
    public static ClientException For(Rejection rejection, long id) => new((uint)rejection, rejection == Rejection.NotYourOrder
        ? $"Order {id} belongs to another account."
        : $"Order {id} is unknown or already final: nothing is left to cancel.");

    /// <summary>Creates the error for an order beyond the account's limit of open orders.</summary>
    public static ClientException TooManyOpenOrders(int limit) =>
        new((uint)Rejection.TooManyOpenOrders, $"You have {limit} open orders, which is the maximum: cancel one first.");

    /// <summary>Creates the error for an order beyond the address's limit of open orders.</summary>
    public static ClientException TooManyOpenOrdersOfAddress(int limit) => new(
        (uint)Rejection.TooManyOpenOrders, $"The accounts of your address have {limit} open orders, which is the maximum: cancel one first.");

    private static string Sentence(Rejection rejection, in NewOrder order, Market market, Ledger ledger)
    {
        var (instrument, format, buys) = (market.Instrument, market.Format, order.Side == Side.Buy);
        var asset = buys ? instrument.Quote : instrument.Base;
        return rejection switch
        {
            Rejection.PriceOutOfRange =>
                $"The price is out of range: {format.Price(1)} to {format.Price(instrument.MaxPrice)}.",
            Rejection.QuantityOutOfRange =>
                $"The quantity is out of range: {format.Quantity(1)} to {format.Quantity(instrument.MaxQuantity)}.",
            Rejection.ValueTooSmall =>
                $"The order is worth less than the minimum of {MessageFormat.Amount(instrument.MinNotional)} {Listings.Assets[instrument.Quote]}: raise the quantity.",
            Rejection.BalanceTooSmall =>
                $"The order needs more than the {MessageFormat.Amount(ledger.Free(order.Account, asset))} {Listings.Assets[asset]} that you have free: lower the quantity or cancel an open order.",
            Rejection.NothingToMatch =>
                $"There are no {(buys ? "sell" : "buy")} orders for {instrument.Symbol} right now: place a limit order.",
            Rejection.WouldMatch =>
                $"A post-only order must not match at once: {(buys ? "buy below" : "sell above")} {format.Price((buys ? market.Engine.Book.BestAsk : market.Engine.Book.BestBid) ?? 0)}.",
            Rejection.PriceTooFar =>
                $"The price is more than {Admission.MaxPriceFactor} times above or below the last price of {format.Price(market.Engine.LastPrice)}: choose a price nearer to it.",
            Rejection.WouldTrigger =>
                $"The last price of {format.Price(market.Engine.LastPrice)} has already reached the stop price: choose another stop price or place a limit order.",
            Rejection.UnknownOrder => "The order to replace is unknown or already final.",
            Rejection.NotYourOrder => "The order to replace belongs to another account.",
            _ => "The order was rejected.",
        };
    }
}

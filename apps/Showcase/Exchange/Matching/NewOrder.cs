namespace Showcase.Exchange.Matching;

/// <summary>An order as it arrives.</summary>
/// <param name="Account">Whose balances pay for it.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="Price">In ticks; ignored for market orders.</param>
/// <param name="Quantity">In steps; 0 when <paramref name="QuoteAmount"/> is given.</param>
/// <param name="QuoteAmount">For market buys: spend at most this amount of the quote asset. 0 otherwise.</param>
/// <param name="TimeInForce">Ignored for market orders.</param>
/// <param name="Time">Unix milliseconds: the engine has no clock.</param>
public readonly record struct NewOrder(
    int Account,
    Side Side,
    OrderType Type,
    long Price,
    long Quantity,
    long QuoteAmount,
    TimeInForce TimeInForce,
    long Time);

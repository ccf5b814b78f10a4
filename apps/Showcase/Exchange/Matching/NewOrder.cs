namespace Showcase.Exchange.Matching;

/// <summary>An incoming order.</summary>
/// <param name="Account">The account whose balances pay for the order.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">The type of the order.</param>
/// <param name="Price">The limit price in ticks; ignored for market orders.</param>
/// <param name="Quantity">The quantity in steps; 0 when <paramref name="QuoteAmount"/> is given.</param>
/// <param name="QuoteAmount">The maximum amount of the quote asset that a market order spends or receives; 0 for other orders.</param>
/// <param name="TimeInForce">The time in force; ignored for market orders.</param>
/// <param name="Time">The arrival time in Unix milliseconds. The engine has no clock.</param>
/// <param name="StopPrice">The price in ticks for which a stop-loss or take-profit order waits; 0 for other orders.</param>
/// <param name="SelfTradePrevention">Determines which order expires when the order would match one of its own account.</param>
public readonly record struct NewOrder(
    int Account,
    Side Side,
    OrderType Type,
    long Price,
    long Quantity,
    long QuoteAmount,
    TimeInForce TimeInForce,
    long Time,
    long StopPrice = 0,
    SelfTradePrevention SelfTradePrevention = default);

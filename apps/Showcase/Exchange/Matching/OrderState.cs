namespace Showcase.Exchange.Matching;

/// <summary>The state of an order after a change.</summary>
/// <param name="Id">The order's id; consecutive per symbol.</param>
/// <param name="Account">The owner's account.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">The type of the order.</param>
/// <param name="Price">The limit price in ticks; 0 for market orders.</param>
/// <param name="Quantity">The quantity in steps; for a market order by quote amount, the executed quantity.</param>
/// <param name="Filled">The filled quantity in steps.</param>
/// <param name="QuoteFilled">The amount of the quote asset paid or received so far, before fees.</param>
/// <param name="Status">The order's status.</param>
/// <param name="Time">The arrival time in Unix milliseconds.</param>
/// <param name="Updated">The time of the last change in Unix milliseconds.</param>
/// <param name="StopPrice">The stop price in ticks; 0 for orders without one.</param>
/// <param name="IsWaiting">Whether the order still waits for its stop price.</param>
public readonly record struct OrderState(
    long Id,
    int Account,
    Side Side,
    OrderType Type,
    long Price,
    long Quantity,
    long Filled,
    long QuoteFilled,
    OrderStatus Status,
    long Time,
    long Updated,
    long StopPrice,
    bool IsWaiting)
{
    /// <summary>Whether the order rests in the book or waits for its stop price.</summary>
    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;
}

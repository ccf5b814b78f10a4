namespace Showcase.Exchange.Matching;

/// <summary>An order after a change.</summary>
/// <param name="Id">Counts up per symbol without holes.</param>
/// <param name="Account">Its owner.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="Price">In ticks; 0 for market orders.</param>
/// <param name="Quantity">In steps. A market buy by quote amount has what it got.</param>
/// <param name="Filled">Steps filled so far.</param>
/// <param name="QuoteFilled">Amount of the quote asset paid or received so far, before fees.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Time">When it arrived, Unix milliseconds.</param>
/// <param name="Updated">When it last changed, Unix milliseconds.</param>
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
    long Updated)
{
    /// <summary>Whether it still rests in the book.</summary>
    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;
}

namespace Showcase.Exchange.Matching;

/// <summary>An order inside the engine: a node of its level's queue, which is reused when the order is final.</summary>
internal sealed class Order
{
    public long Id;
    public int Account;
    public Side Side;
    public OrderType Type;
    public long Price;
    public long Quantity;
    public long QuoteAmount;
    public long Filled;
    public long QuoteFilled;
    public long Time;
    public long Updated;
    public OrderStatus Status;

    /// <summary>The neighbors in the level's queue; <see cref="Next"/> also links the free list.</summary>
    public Order? Next, Previous;

    /// <summary>The level in which the order rests; null while it does not rest.</summary>
    public PriceLevel? Level;

    public long Remaining => Quantity - Filled;

    public OrderState State => new(Id, Account, Side, Type, Price, Quantity, Filled, QuoteFilled, Status, Time, Updated);
}

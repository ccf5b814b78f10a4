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
    public TimeInForce TimeInForce;
    public long StopPrice;
    public SelfTradePrevention SelfTradePrevention;

    /// <summary>Whether the order waits for its stop price; the level then belongs to the stop orders.</summary>
    public bool IsWaiting;

    /// <summary>The neighbors in the level's queue; <see cref="Next"/> also links the free list.</summary>
    public Order? Next, Previous;

    /// <summary>The level in which the order rests or waits; null while it does neither.</summary>
    public PriceLevel? Level;

    public long Remaining => Quantity - Filled;

    public OrderState State => new(
        Id, Account, Side, Type, Price, Quantity, Filled, QuoteFilled, Status, Time, Updated, StopPrice, IsWaiting);
}

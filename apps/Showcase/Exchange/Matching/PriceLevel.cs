namespace Showcase.Exchange.Matching;

/// <summary>The queue of orders at one price, in order of arrival.</summary>
internal sealed class PriceLevel
{
    public long Price;

    /// <summary>The unfilled quantity of all its orders, in steps.</summary>
    public long Quantity;

    public Order? First;
    public Order? Last;

    public void Append(Order order)
    {
        order.Level = this;
        order.Previous = Last;
        order.Next = null;
        if (Last is null) First = order;
        else Last.Next = order;
        Last = order;
        Quantity += order.Remaining;
    }

    /// <summary>Removes an order from any position of the queue.</summary>
    public void Remove(Order order)
    {
        if (order.Previous is null) First = order.Next;
        else order.Previous.Next = order.Next;
        if (order.Next is null) Last = order.Previous;
        else order.Next.Previous = order.Previous;
        order.Level = null;
        order.Next = order.Previous = null;
        Quantity -= order.Remaining;
    }
}

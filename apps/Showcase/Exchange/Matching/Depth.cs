namespace Showcase.Exchange.Matching;

/// <summary>Computes the liquidity available to an order. Orders of the same account are excluded, because they would expire instead of matching.</summary>
internal static class Depth
{
    /// <summary>Returns the quantity that would match at once, in steps, up to the quantity of the order.</summary>
    public static long Fillable(OrderBook book, in NewOrder order)
    {
        var found = 0L;
        var side = book.Opposite(order.Side);
        var levels = side.WorstFirst;
        for (var i = levels.Length - 1; i >= 0 && found < order.Quantity; i--)
        {
            if (order.Type == OrderType.Limit && !side.IsWithin(levels[i], order.Price)) break;
            for (var resting = levels[i].First; resting is not null && found < order.Quantity; resting = resting.Next)
                if (resting.Account != order.Account) found += resting.Remaining;
        }

        return Math.Min(found, order.Quantity);
    }

    /// <summary>Returns the price in ticks of the best opposite order of another account; null when there is none.</summary>
    public static long? BestPrice(OrderBook book, in NewOrder order)
    {
        var levels = book.Opposite(order.Side).WorstFirst;
        for (var i = levels.Length - 1; i >= 0; i--)
            for (var resting = levels[i].First; resting is not null; resting = resting.Next)
                if (resting.Account != order.Account) return levels[i].Price;
        return null;
    }

    /// <summary>Returns the cost or the proceeds of a market order of this quantity, up to the liquidity of the book.</summary>
    public static long Value(OrderBook book, in NewOrder order, Instrument instrument)
    {
        long value = 0, left = order.Quantity;
        var levels = book.Opposite(order.Side).WorstFirst;
        for (var i = levels.Length - 1; i >= 0 && left > 0; i--)
        {
            for (var resting = levels[i].First; resting is not null && left > 0; resting = resting.Next)
            {
                if (resting.Account == order.Account) continue;
                var quantity = Math.Min(left, resting.Remaining);
                left -= quantity;
                value += instrument.Notional(levels[i].Price, quantity);
            }
        }

        return value;
    }
}

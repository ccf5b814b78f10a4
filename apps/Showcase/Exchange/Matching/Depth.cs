namespace Showcase.Exchange.Matching;

/// <summary>What an order would find in the book, its own account's orders left out since they would give way.</summary>
internal static class Depth
{
    /// <summary>Steps that would match at once, up to the quantity of the order.</summary>
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

    /// <summary>Price in ticks of the best order of somebody else; null when there is none.</summary>
    public static long? BestPrice(OrderBook book, in NewOrder order)
    {
        var levels = book.Opposite(order.Side).WorstFirst;
        for (var i = levels.Length - 1; i >= 0; i--)
            for (var resting = levels[i].First; resting is not null; resting = resting.Next)
                if (resting.Account != order.Account) return levels[i].Price;
        return null;
    }

    /// <summary>What a market order of this quantity would cost or bring, as far as the book goes.</summary>
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

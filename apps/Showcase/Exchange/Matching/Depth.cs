namespace Showcase.Exchange.Matching;

/// <summary>Computes the liquidity available to an order. Orders of the same account are excluded, because an account never trades with itself.</summary>
internal static class Depth
{
    /// <summary>Returns the quantity that would match at once, in steps, up to the quantity of the order.</summary>
    public static long Fillable(OrderBook book, Order order)
    {
        var found = 0L;
        var side = book.Opposite(order.Side);
        var levels = side.WorstFirst;
        for (var i = levels.Length - 1; i >= 0 && found < order.Quantity; i--)
        {
            if (order.Type != OrderType.Market && !side.IsWithin(levels[i], order.Price)) break;
            for (var resting = levels[i].First; resting is not null && found < order.Quantity; resting = resting.Next)
            {
                if (resting.Account != order.Account) found += resting.Remaining;
                else if (order.SelfTradePrevention != SelfTradePrevention.ExpireMaker) return found;
            }
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

    /// <summary>Returns the quantity that a market order trades until its quote amount is used up, in steps.</summary>
    public static long QuantityFor(OrderBook book, in NewOrder order, Instrument instrument)
    {
        long quantity = 0, left = order.QuoteAmount;
        var levels = book.Opposite(order.Side).WorstFirst;
        for (var i = levels.Length - 1; i >= 0; i--)
        {
            var stepPrice = instrument.Notional(levels[i].Price, 1);
            for (var resting = levels[i].First; resting is not null; resting = resting.Next)
            {
                if (resting.Account == order.Account) continue;
                var wanted = Math.Min(Math.Min(left / stepPrice, instrument.MaxQuantity - quantity), resting.Remaining);
                quantity += wanted;
                left -= wanted * stepPrice;
            }

            if (left < stepPrice) break;
        }

        return quantity;
    }
}

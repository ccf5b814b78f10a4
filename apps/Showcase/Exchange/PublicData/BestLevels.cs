using Showcase.Exchange.Matching;

namespace Showcase.Exchange.PublicData;

/// <summary>The best level of each side; null where a side is empty.</summary>
/// <param name="Id">The id of the latest change of the book.</param>
/// <param name="Bid">The price in ticks and the quantity in steps of the best bid.</param>
/// <param name="Ask">The price in ticks and the quantity in steps of the best ask.</param>
public readonly record struct BestLevels(long Id, (long Price, long Quantity)? Bid, (long Price, long Quantity)? Ask)
{
    /// <summary>Returns the best levels of a book.</summary>
    public static BestLevels Of(OrderBook book) => new(book.LastUpdateId, Of(book, Side.Buy), Of(book, Side.Sell));

    private static (long, long)? Of(OrderBook book, Side side) => book.LevelCount(side) == 0 ? null : book.LevelAt(side, 0);
}

namespace Showcase.Exchange.Matching;

/// <summary>The new state of a price level.</summary>
/// <param name="UpdateId">The id of the change; consecutive per symbol.</param>
/// <param name="Side">The side of the book: buy for bids, sell for asks.</param>
/// <param name="Price">The price in ticks.</param>
/// <param name="Quantity">The resting quantity in steps; 0 when the level was removed.</param>
public readonly record struct LevelChange(long UpdateId, Side Side, long Price, long Quantity);

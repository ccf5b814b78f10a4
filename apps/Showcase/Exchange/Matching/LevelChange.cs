namespace Showcase.Exchange.Matching;

/// <summary>A level's new state.</summary>
/// <param name="UpdateId">Counts up per symbol without holes.</param>
/// <param name="Side">Buy for bids, sell for asks.</param>
/// <param name="Price">In ticks.</param>
/// <param name="Quantity">Steps resting there now; 0 when the level is gone.</param>
public readonly record struct LevelChange(long UpdateId, Side Side, long Price, long Quantity);

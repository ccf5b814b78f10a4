namespace Showcase.Exchange.Trades;

/// <summary>The trades of one taker order at one price.</summary>
/// <param name="Id">The id; consecutive per symbol.</param>
/// <param name="Price">The price in ticks.</param>
/// <param name="Quantity">The quantity in steps.</param>
/// <param name="FirstId">The id of the first trade.</param>
/// <param name="LastId">The id of the last trade.</param>
/// <param name="Time">The time in Unix milliseconds.</param>
/// <param name="IsBuyerMaker">Whether the resting orders bought.</param>
public readonly record struct AggregateTrade(
    long Id, long Price, long Quantity, long FirstId, long LastId, long Time, bool IsBuyerMaker);

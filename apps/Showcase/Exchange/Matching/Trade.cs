namespace Showcase.Exchange.Matching;

/// <summary>A match of an incoming order with a resting order, at the resting order's price.</summary>
/// <param name="Id">The trade's id; consecutive per symbol.</param>
/// <param name="Price">The price in ticks.</param>
/// <param name="Quantity">The quantity in steps.</param>
/// <param name="TakerSide">The side of the incoming order.</param>
/// <param name="MakerOrder">The id of the resting order.</param>
/// <param name="TakerOrder">The id of the incoming order.</param>
/// <param name="MakerAccount">The account of the resting order.</param>
/// <param name="TakerAccount">The account of the incoming order.</param>
/// <param name="MakerFee">The fee deducted from the amount that the resting side received.</param>
/// <param name="TakerFee">The fee deducted from the amount that the incoming side received.</param>
/// <param name="Time">The time in Unix milliseconds.</param>
public readonly record struct Trade(
    long Id,
    long Price,
    long Quantity,
    Side TakerSide,
    long MakerOrder,
    long TakerOrder,
    int MakerAccount,
    int TakerAccount,
    long MakerFee,
    long TakerFee,
    long Time);

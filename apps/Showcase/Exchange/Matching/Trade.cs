namespace Showcase.Exchange.Matching;

/// <summary>One match of an arriving order with a resting one, at the resting one's price.</summary>
/// <param name="Id">Counts up per symbol without holes.</param>
/// <param name="Price">In ticks.</param>
/// <param name="Quantity">In steps.</param>
/// <param name="TakerSide">Side of the arriving order.</param>
/// <param name="MakerOrder">Id of the resting order.</param>
/// <param name="TakerOrder">Id of the arriving order.</param>
/// <param name="MakerAccount">Owner of the resting order.</param>
/// <param name="TakerAccount">Owner of the arriving order.</param>
/// <param name="MakerFee">Amount kept from what the resting side received.</param>
/// <param name="TakerFee">Amount kept from what the arriving side received.</param>
/// <param name="Time">Unix milliseconds.</param>
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

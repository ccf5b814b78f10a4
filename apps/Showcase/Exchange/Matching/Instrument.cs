namespace Showcase.Exchange.Matching;

/// <summary>
/// What is traded and within which bounds. Prices are whole ticks, quantities whole steps and amounts of an asset
/// whole units of 10^-8, so that every product below is exact.
/// </summary>
public sealed class Instrument
{
    /// <summary>Digits after the point in an amount of an asset.</summary>
    public const int AmountDecimals = 8;

    private const int FeeScale = 1_000_000;

    public required string Symbol { get; init; }

    /// <summary>Index of the base asset in the ledger.</summary>
    public required int Base { get; init; }

    /// <summary>Index of the quote asset in the ledger.</summary>
    public required int Quote { get; init; }

    /// <summary>One tick is 10^-<see cref="PriceDecimals"/> of the quote asset.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>One step is 10^-<see cref="QuantityDecimals"/> of the base asset.</summary>
    public required int QuantityDecimals { get; init; }

    /// <summary>Highest price of an order, in ticks; the lowest is one tick.</summary>
    public required long MaxPrice { get; init; }

    /// <summary>Largest quantity of an order, in steps; the smallest is one step.</summary>
    public required long MaxQuantity { get; init; }

    /// <summary>Smallest value of an order, an amount of the quote asset.</summary>
    public required long MinNotional { get; init; }

    /// <summary>Fee of the resting side in millionths of what it receives.</summary>
    public required int MakerFee { get; init; }

    /// <summary>Fee of the arriving side in millionths of what it receives.</summary>
    public required int TakerFee { get; init; }

    /// <summary>Amount of the base asset in one step.</summary>
    public long StepAmount => FixedPoint.PowerOfTen(AmountDecimals - QuantityDecimals);

    /// <summary>Amount of the quote asset that one step costs at a price of one tick.</summary>
    public long TickStepAmount => FixedPoint.PowerOfTen(AmountDecimals - QuantityDecimals - PriceDecimals);

    /// <summary>Amount of the quote asset that a quantity costs at a price.</summary>
    public long Notional(long price, long quantity) => price * quantity * TickStepAmount;

    /// <summary>The fee on an amount received, rounded down to a whole unit.</summary>
    public static long FeeOn(long amount, int feeMillionths) =>
        // Split so that the product cannot overflow; the sum is the exact floor.
        (amount / FeeScale * feeMillionths) + (amount % FeeScale * feeMillionths / FeeScale);

    /// <summary>Refuses bounds under which a product of price and quantity would overflow.</summary>
    public Instrument Validated()
    {
        if (PriceDecimals + QuantityDecimals > AmountDecimals)
            throw new InvalidOperationException($"{Symbol}: a tick times a step is finer than an amount can be.");
        if ((Int128)MaxPrice * MaxQuantity * TickStepAmount > long.MaxValue)
            throw new InvalidOperationException($"{Symbol}: the largest order's value does not fit.");
        return this;
    }
}

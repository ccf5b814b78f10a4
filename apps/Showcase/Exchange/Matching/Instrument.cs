namespace Showcase.Exchange.Matching;

/// <summary>
/// A traded pair of assets and its limits. Prices are whole ticks, quantities whole steps and amounts of an asset whole
/// units of 10^-8, so every product below is exact.
/// </summary>
public sealed class Instrument
{
    /// <summary>The number of decimals in an amount of an asset.</summary>
    public const int AmountDecimals = 8;

    private const int FeeScale = 1_000_000;

    public required string Symbol { get; init; }

    /// <summary>The index of the base asset in the ledger.</summary>
    public required int Base { get; init; }

    /// <summary>The index of the quote asset in the ledger.</summary>
    public required int Quote { get; init; }

    /// <summary>The number of decimals of a price: one tick is 10^-<see cref="PriceDecimals"/> of the quote asset.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>The number of decimals of a quantity: one step is 10^-<see cref="QuantityDecimals"/> of the base asset.</summary>
    public required int QuantityDecimals { get; init; }

    /// <summary>The maximum price of an order, in ticks; the minimum is one tick.</summary>
    public required long MaxPrice { get; init; }

    /// <summary>The maximum quantity of an order, in steps; the minimum is one step.</summary>
    public required long MaxQuantity { get; init; }

    /// <summary>The minimum value of an order, as an amount of the quote asset.</summary>
    public required long MinNotional { get; init; }

    /// <summary>The fee of the resting side, in millionths of the amount it receives.</summary>
    public required int MakerFee { get; init; }

    /// <summary>The fee of the incoming side, in millionths of the amount it receives.</summary>
    public required int TakerFee { get; init; }

    /// <summary>The amount of the base asset in one step.</summary>
    public long StepAmount => FixedPoint.PowerOfTen(AmountDecimals - QuantityDecimals);

    /// <summary>The amount of the quote asset that one step costs at a price of one tick.</summary>
    public long TickStepAmount => FixedPoint.PowerOfTen(AmountDecimals - QuantityDecimals - PriceDecimals);

    /// <summary>Returns the amount of the quote asset that a quantity costs at a price.</summary>
    public long Notional(long price, long quantity) => price * quantity * TickStepAmount;

    /// <summary>Returns the fee on a received amount, rounded down to a whole unit.</summary>
    public static long FeeOn(long amount, int feeMillionths) =>
        // The amount is split so that no product can overflow; the sum is the exact floor.
        (amount / FeeScale * feeMillionths) + (amount % FeeScale * feeMillionths / FeeScale);

    /// <summary>Validates that no product of a price and a quantity within the limits can overflow.</summary>
    public Instrument Validated()
    {
        if (PriceDecimals + QuantityDecimals > AmountDecimals)
            throw new InvalidOperationException($"{Symbol}: the product of a tick and a step is smaller than the unit of an amount.");
        if ((Int128)MaxPrice * MaxQuantity * TickStepAmount > long.MaxValue)
            throw new InvalidOperationException($"{Symbol}: the value of the largest order overflows.");
        return this;
    }
}

using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Simulation;

/// <summary>Converts the value of a simulated order to a quantity.</summary>
internal static class Quantities
{
    /// <summary>Returns the quantity in steps with approximately this value, at least the minimum order and at most the maximum.</summary>
    public static long Of(double value, double priceTicks, Instrument instrument)
    {
        var step = priceTicks * instrument.TickStepAmount / FixedPoint.PowerOfTen(Instrument.AmountDecimals);
        var smallest = instrument.MinNotional / (double)FixedPoint.PowerOfTen(Instrument.AmountDecimals);
        return Math.Clamp((long)(Math.Max(value, smallest * 1.2) / step) + 1, 1, instrument.MaxQuantity);
    }
}

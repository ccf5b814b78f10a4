using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Simulation;

/// <summary>Turns a value that a participant has in mind into whole steps.</summary>
internal static class Quantities
{
    /// <summary>Steps worth about this much, at least the smallest order and at most the largest.</summary>
    public static long Of(double value, double priceTicks, Instrument instrument)
    {
        var step = priceTicks * instrument.TickStepAmount / FixedPoint.PowerOfTen(Instrument.AmountDecimals);
        var smallest = instrument.MinNotional / (double)FixedPoint.PowerOfTen(Instrument.AmountDecimals);
        return Math.Clamp((long)(Math.Max(value, smallest * 1.2) / step) + 1, 1, instrument.MaxQuantity);
    }
}

namespace Showcase.Exchange.Simulation;

/// <summary>
/// The fair price around which the participants quote: a random walk with varying volatility that reverts to its anchor,
/// so it stays plausible for as long as the market runs. The simulation uses floating point; the book uses whole ticks.
/// </summary>
public sealed class FairPrice(Personality personality, Random random)
{
    private const double SecondsPerDay = 86_400;
    private const double SlowReturn = 1 / (8 * SecondsPerDay), FastReturn = 1 / 240.0, MoodReturn = 1 / (3 * 3600.0);
    private const double FastShare = 0.35, MoodSpread = 0.5, Bound = 0.4;

    private double _slow, _fast, _mood;

    /// <summary>The price in ticks, as a fraction.</summary>
    public double Ticks => personality.Anchor * Math.Exp(_slow + _fast);

    /// <summary>The activity of the market: 1 on average.</summary>
    public double Liveliness => Math.Exp(_mood);

    /// <summary>Advances the price by a time span.</summary>
    public void Advance(double seconds)
    {
        var step = personality.DailyMove * Math.Sqrt(seconds / SecondsPerDay) * Liveliness;
        _mood = Revert(_mood, MoodReturn, seconds) + (MoodSpread * Math.Sqrt(Math.Min(1, 2 * MoodReturn * seconds)) * random.Normal());
        _slow = Math.Clamp(Revert(_slow, SlowReturn, seconds) + (step * random.Normal()), -Bound, Bound);
        _fast = Revert(_fast, FastReturn, seconds) + (FastShare * step * random.Normal());
    }

    private static double Revert(double value, double rate, double seconds) => value * Math.Exp(-rate * seconds);
}

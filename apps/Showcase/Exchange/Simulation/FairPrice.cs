namespace Showcase.Exchange.Simulation;

/// <summary>
/// The price that participants believe in: it wanders, with calm and lively hours, and is drawn back to its anchor,
/// so that it stays believable for as long as the market runs. Floating point ends here: the book gets whole ticks.
/// </summary>
public sealed class FairPrice(Personality personality, Random random)
{
    private const double SecondsPerDay = 86_400;
    private const double SlowReturn = 1 / (8 * SecondsPerDay), FastReturn = 1 / 240.0, MoodReturn = 1 / (3 * 3600.0);
    private const double FastShare = 0.35, MoodSpread = 0.5, Bound = 0.4;

    private double _slow, _fast, _mood;

    /// <summary>The price in ticks, not whole.</summary>
    public double Ticks => personality.Anchor * Math.Exp(_slow + _fast);

    /// <summary>How lively the market is: 1 on average.</summary>
    public double Liveliness => Math.Exp(_mood);

    /// <summary>Lets time pass.</summary>
    public void Advance(double seconds)
    {
        var step = personality.DailyMove * Math.Sqrt(seconds / SecondsPerDay) * Liveliness;
        _mood = Revert(_mood, MoodReturn, seconds) + (MoodSpread * Math.Sqrt(Math.Min(1, 2 * MoodReturn * seconds)) * random.Normal());
        _slow = Math.Clamp(Revert(_slow, SlowReturn, seconds) + (step * random.Normal()), -Bound, Bound);
        _fast = Revert(_fast, FastReturn, seconds) + (FastShare * step * random.Normal());
    }

    private static double Revert(double value, double rate, double seconds) => value * Math.Exp(-rate * seconds);
}

namespace Showcase.Exchange.Simulation;

/// <summary>Draws numbers from the distributions that the simulated participants use.</summary>
internal static class RandomDraws
{
    /// <summary>Draws from the standard normal distribution (Box-Muller transform).</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Draws from the exponential distribution with a mean of one.</summary>
    public static double Exponential(this Random random) => -Math.Log(1 - random.NextDouble());

    /// <summary>Draws from a long-tailed distribution with a median of one.</summary>
    public static double LogNormal(this Random random, double spread) => Math.Exp(spread * random.Normal());

    /// <summary>Draws from the Poisson distribution (Knuth's algorithm); for means below about 50.</summary>
    public static int Poisson(this Random random, double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble()) count++;
        return count;
    }
}

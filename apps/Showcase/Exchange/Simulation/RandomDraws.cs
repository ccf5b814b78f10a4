namespace Showcase.Exchange.Simulation;

/// <summary>Draws from the distributions that the participants use.</summary>
internal static class RandomDraws
{
    /// <summary>A standard normal number, by Box and Muller.</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>An exponential number with a mean of one.</summary>
    public static double Exponential(this Random random) => -Math.Log(1 - random.NextDouble());

    /// <summary>A number with a median of one and a long tail.</summary>
    public static double LogNormal(this Random random, double spread) => Math.Exp(spread * random.Normal());

    /// <summary>How many of many rare events happen, by Knuth; for means below about 50.</summary>
    public static int Poisson(this Random random, double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble()) count++;
        return count;
    }
}

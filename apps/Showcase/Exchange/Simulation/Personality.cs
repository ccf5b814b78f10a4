namespace Showcase.Exchange.Simulation;

/// <summary>The parameters of a symbol's simulated market.</summary>
/// <param name="Anchor">The price to which the fair price reverts, in ticks.</param>
/// <param name="BaseStock">The participants' starting balance of the base asset, in whole units.</param>
/// <param name="QuotesPerSecond">The number of orders that makers place and cancel per second.</param>
/// <param name="TakersPerSecond">The average number of taker orders per second; they arrive in bursts.</param>
/// <param name="TypicalValue">The median value of a taker order, in whole units of the quote asset.</param>
/// <param name="DailyMove">The typical change of the price in a day, as a fraction.</param>
public sealed record Personality(
    long Anchor, long BaseStock, double QuotesPerSecond, double TakersPerSecond, double TypicalValue, double DailyMove)
{
    /// <summary>Returns the parameters of a symbol at a rate.</summary>
    public static Personality Of(string symbol, MarketRate rate)
    {
        var normal = symbol switch
        {
            "BTCUSDT" => new Personality(9_742_000, 100_000, 90, 2.6, 900, 0.018),
            "ETHUSDT" => new Personality(348_500, 2_000_000, 70, 2, 500, 0.024),
            _ => new Personality(14_236, 50_000_000, 70, 2.4, 350, 0.030),
        };
        return rate == MarketRate.High && symbol == "SOLUSDT"
            ? normal with { QuotesPerSecond = 540, TakersPerSecond = 110 }
            : normal;
    }
}

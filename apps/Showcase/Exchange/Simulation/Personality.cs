namespace Showcase.Exchange.Simulation;

/// <summary>How a symbol's simulated market behaves.</summary>
/// <param name="Anchor">The price it returns to, in ticks.</param>
/// <param name="BaseStock">Whole units of the base asset that the participants start with.</param>
/// <param name="QuotesPerSecond">Orders placed and canceled by makers.</param>
/// <param name="TakersPerSecond">Orders that take, on average; they come in bursts.</param>
/// <param name="TypicalValue">Median value of a taker's order in whole units of the quote asset.</param>
/// <param name="DailyMove">Typical change of the price in a day, as a fraction.</param>
public sealed record Personality(
    long Anchor, long BaseStock, double QuotesPerSecond, double TakersPerSecond, double TypicalValue, double DailyMove)
{
    /// <summary>The personality of a symbol at a rate.</summary>
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

namespace Showcase.Exchange.Candles;

/// <summary>Prices and volumes of one interval.</summary>
/// <param name="OpenTime">Start of the interval, Unix milliseconds.</param>
/// <param name="Open">First price in ticks.</param>
/// <param name="High">Highest price in ticks.</param>
/// <param name="Low">Lowest price in ticks.</param>
/// <param name="Close">Last price in ticks.</param>
/// <param name="Volume">Steps traded.</param>
/// <param name="QuoteVolume">Amount of the quote asset traded.</param>
/// <param name="Count">Number of trades.</param>
public readonly record struct Candle(
    long OpenTime, long Open, long High, long Low, long Close, long Volume, long QuoteVolume, long Count)
{
    /// <summary>An interval without a trade stands still at the price before it.</summary>
    public static Candle Flat(long openTime, long price) => new(openTime, price, price, price, price, 0, 0, 0);

    /// <summary>A single trade as a candle.</summary>
    public static Candle Of(long time, long price, long quantity, long notional) =>
        new(time, price, price, price, price, quantity, notional, 1);

    /// <summary>This candle continued by a later one; the opening time stays.</summary>
    public Candle Then(in Candle later) => this with
    {
        High = Math.Max(High, later.High),
        Low = Math.Min(Low, later.Low),
        Close = later.Close,
        Volume = Volume + later.Volume,
        QuoteVolume = QuoteVolume + later.QuoteVolume,
        Count = Count + later.Count,
    };
}

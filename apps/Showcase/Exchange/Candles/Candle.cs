namespace Showcase.Exchange.Candles;

/// <summary>The prices and volumes of one interval.</summary>
/// <param name="OpenTime">The start of the interval in Unix milliseconds.</param>
/// <param name="Open">The first price in ticks.</param>
/// <param name="High">The highest price in ticks.</param>
/// <param name="Low">The lowest price in ticks.</param>
/// <param name="Close">The last price in ticks.</param>
/// <param name="Volume">The quantity traded, in steps.</param>
/// <param name="QuoteVolume">The amount of the quote asset traded.</param>
/// <param name="Count">The number of trades.</param>
public readonly record struct Candle(
    long OpenTime, long Open, long High, long Low, long Close, long Volume, long QuoteVolume, long Count)
{
    /// <summary>Returns the candle of an interval without trades, which stays at the previous close.</summary>
    public static Candle Flat(long openTime, long price) => new(openTime, price, price, price, price, 0, 0, 0);

    /// <summary>Returns the candle of a single trade.</summary>
    public static Candle Of(long time, long price, long quantity, long notional) =>
        new(time, price, price, price, price, quantity, notional, 1);

    /// <summary>Returns this candle merged with a later one; the opening time is unchanged.</summary>
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

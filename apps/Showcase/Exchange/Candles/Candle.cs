using Showcase.Exchange.Matching;

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
/// <param name="TakerBuyVolume">The quantity of the trades whose taker bought, in steps.</param>
/// <param name="TakerBuyQuoteVolume">The amount of the quote asset of the trades whose taker bought.</param>
/// <param name="FirstId">The id of the first trade; -1 without a recorded trade.</param>
/// <param name="LastId">The id of the last trade; -1 without a recorded trade.</param>
public readonly record struct Candle(
    long OpenTime, long Open, long High, long Low, long Close, long Volume, long QuoteVolume, long Count,
    long TakerBuyVolume = 0, long TakerBuyQuoteVolume = 0, long FirstId = -1, long LastId = -1)
{
    /// <summary>Returns the candle of an interval without trades, which stays at the previous close.</summary>
    public static Candle Flat(long openTime, long price) => new(openTime, price, price, price, price, 0, 0, 0);

    /// <summary>Returns the candle of a single trade.</summary>
    public static Candle Of(long time, long price, long quantity, long notional) =>
        new(time, price, price, price, price, quantity, notional, 1);

    /// <summary>Returns the candle of a trade of an instrument.</summary>
    public static Candle Of(in Trade trade, Instrument instrument)
    {
        var notional = instrument.Notional(trade.Price, trade.Quantity);
        var isBuy = trade.TakerSide == Side.Buy;
        return Of(trade.Time, trade.Price, trade.Quantity, notional) with
        {
            TakerBuyVolume = isBuy ? trade.Quantity : 0,
            TakerBuyQuoteVolume = isBuy ? notional : 0,
            FirstId = trade.Id,
            LastId = trade.Id,
        };
    }

    /// <summary>Returns this candle merged with a later one; the opening time is unchanged.</summary>
    public Candle Then(in Candle later) => this with
    {
        High = Math.Max(High, later.High),
        Low = Math.Min(Low, later.Low),
        Close = later.Close,
        Volume = Volume + later.Volume,
        QuoteVolume = Sum(QuoteVolume, later.QuoteVolume),
        Count = Count + later.Count,
        TakerBuyVolume = TakerBuyVolume + later.TakerBuyVolume,
        TakerBuyQuoteVolume = Sum(TakerBuyQuoteVolume, later.TakerBuyQuoteVolume),
        FirstId = FirstId >= 0 ? FirstId : later.FirstId,
        LastId = later.LastId >= 0 ? later.LastId : LastId,
    };

    // The amounts of a month of a busy market can exceed a long: they stay at its maximum then.
    private static long Sum(long total, long part) => total > long.MaxValue - part ? long.MaxValue : total + part;
}

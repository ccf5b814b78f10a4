using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Simulation;

/// <summary>
/// Generates candles from before the market opened, so that a chart is never empty. They follow the fair price, whose walk
/// then continues into the live market, so the first live trade continues the last candle.
/// </summary>
internal sealed class PastCandles(
    MarketData data, FairPrice price, Instrument instrument, Personality personality, Random random)
{
    private const long Second = 1_000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour;
    private const int PointsPerCandle = 6;

    // Measured on the live market: trades per taker order, and their value relative to the typical value.
    private const double TradesPerTaker = 4.8, ValuePerTrade = 1.45;

    // The walk becomes finer towards the present: each step length reaches as far back as the series that need it.
    private static readonly (long Back, long Length)[] Stages =
        [(400 * Day, Hour), (16 * Day, 15 * Minute), (6 * Day, 5 * Minute), (26 * Hour, Minute), (25 * Minute, Second)];

    private long _last;

    /// <summary>Fills all series up to a time.</summary>
    public void Fill(long now)
    {
        _last = (long)price.Ticks;
        for (var i = 0; i < Stages.Length; i++)
        {
            var end = i + 1 < Stages.Length ? Start(Stages[i + 1].Back, now) : now - (now % Second);
            for (var time = Start(Stages[i].Back, now); time < end; time += Stages[i].Length) Add(time, Stages[i].Length);
        }
    }

    // Start times are whole hours, which every length but that of the seconds divides; the seconds start on a minute.
    private static long Start(long back, long now) => back >= Hour ? now - (now % Hour) - back : now - (now % Minute) - back;

    private void Add(long time, long length)
    {
        var candle = Walk(time, length);
        var trades = Trades(personality.TakersPerSecond * TradesPerTaker * length / Second * price.Liveliness);
        if (trades == 0)
        {
            candle = Candle.Flat(time, _last);
        }
        else
        {
            var value = trades * personality.TypicalValue * ValuePerTrade * random.LogNormal(0.4);
            var quantity = Quantities.Of(value, price.Ticks, instrument);
            var notional = instrument.Notional(candle.Close, quantity);
            candle = candle with
            {
                Volume = quantity,
                QuoteVolume = notional,
                Count = trades,
                TakerBuyVolume = quantity / 2,
                TakerBuyQuoteVolume = notional / 2,
            };
        }

        foreach (var series in data.Series)
            if (series.Interval.Milliseconds >= length) series.Add(candle);
        _last = candle.Close;
    }

    // A small number of trades is drawn at random; a large number varies little except with the activity of the hour.
    private long Trades(double mean) => mean < 30 ? random.Poisson(mean) : (long)(mean * random.LogNormal(0.2));

    private Candle Walk(long time, long length)
    {
        var candle = Candle.Flat(time, _last);
        for (var i = 0; i < PointsPerCandle; i++)
        {
            price.Advance(length / (double)Second / PointsPerCandle);
            candle = candle.Then(Candle.Flat(time, (long)Math.Round(price.Ticks)));
        }

        return candle;
    }
}

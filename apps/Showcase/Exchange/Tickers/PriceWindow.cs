using Showcase.Exchange.Candles;

namespace Showcase.Exchange.Tickers;

/// <summary>The statistics of the latest minutes of a market.</summary>
/// <param name="Total">The candles of the window merged; its opening time is a whole minute.</param>
/// <param name="PreviousClose">The last price before the window in ticks; the opening price when no candle precedes it.</param>
public readonly record struct PriceWindow(Candle Total, long PreviousClose)
{
    private const int LongestOfMinutes = 24 * 60;
    private const long Minute = 60_000, Quarter = 15 * Minute;

    /// <summary>The change of the price in ticks.</summary>
    public long Change => Total.Close - Total.Open;

    /// <summary>Returns the window of the latest minutes, including the current one. Windows of more than a day consist of quarters of an hour.</summary>
    public static PriceWindow Of(MarketData data, int minutes) => minutes <= LongestOfMinutes
        ? Of(data.Find("1m")!, minutes)
        : Of(data.Find("15m")!, (int)(minutes * Minute / Quarter));

    private static PriceWindow Of(CandleSeries series, int candles)
    {
        var oldest = Math.Min(candles, series.Count) - 1;
        if (oldest < 0) return default;
        var total = series[oldest];
        for (var age = oldest - 1; age >= 0; age--) total = total.Then(series[age]);
        return new PriceWindow(total, series.Count > oldest + 1 ? series[oldest + 1].Close : total.Open);
    }
}

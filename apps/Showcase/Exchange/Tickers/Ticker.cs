using Showcase.Exchange.Candles;

namespace Showcase.Exchange.Tickers;

/// <summary>The statistics of the last 24 hours.</summary>
public readonly record struct Ticker(
    long Last, long Open, long High, long Low, long Volume, long QuoteVolume, long Count)
{
    private const int Minutes = 24 * 60;

    /// <summary>The change in hundredths of a percent of the opening price, rounded towards zero.</summary>
    public long ChangeBasisPoints => Open == 0 ? 0 : (Last - Open) * 10_000 / Open;

    /// <summary>Computes the statistics from the candles of the last 1440 minutes, including the current one.</summary>
    public static Ticker Of(CandleSeries minutes)
    {
        var oldest = Math.Min(Minutes, minutes.Count) - 1;
        if (oldest < 0) return default;
        var total = minutes[oldest];
        for (var age = oldest - 1; age >= 0; age--) total = total.Then(minutes[age]);
        return new Ticker(total.Close, total.Open, total.High, total.Low, total.Volume, total.QuoteVolume, total.Count);
    }
}

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
        var window = minutes.Latest(Minutes);
        if (window.Length == 0) return default;
        var total = window[0];
        foreach (var candle in window.AsSpan(1)) total = total.Then(candle);
        return new Ticker(total.Close, total.Open, total.High, total.Low, total.Volume, total.QuoteVolume, total.Count);
    }
}

using System.Globalization;

namespace Showcase.Board.Market;

/// <summary>
/// The prices of all instruments as a function of the seed and the time. Nothing is stored and nothing runs: a price of the past,
/// the table of this moment and the prices after a restart come from the same computation. Safe from any thread.
/// </summary>
/// <param name="seed">The seed. The same seed produces the same prices.</param>
internal sealed class Quotes(int seed)
{
    // The movement of a price in a second, and the parts that the whole market and the sector have in it.
    private const double Movement = 1.2e-4, MarketPart = 0.5, SectorPart = 0.5, OwnPart = 0.7;
    private const long Day = 86_400_000;

    private readonly ulong _seed = (ulong)seed << 32;

    /// <summary>Returns the beginning of the session, which lasts a day of UTC, in Unix milliseconds.</summary>
    public static long SessionAt(long now) => now - (now % Day);

    /// <summary>Returns the latest quote of an instrument.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="now">The current time in Unix milliseconds.</param>
    public Quote Latest(Instrument instrument, long now)
    {
        var interval = now / instrument.Interval;
        return At(instrument, TimeIn(instrument, interval) is var time && time <= now ? time : TimeIn(instrument, interval - 1));
    }

    /// <summary>Returns the quote of an instrument at a time in Unix milliseconds.</summary>
    public Quote At(Instrument instrument, long time) => new(instrument.Symbol, Text(instrument, PriceAt(instrument, time)), time);

    /// <summary>Returns the times of an instrument's quotes after a time and until another one.</summary>
    public IEnumerable<long> TimesAfter(Instrument instrument, long since, long until)
    {
        for (var interval = since / instrument.Interval; interval <= until / instrument.Interval; interval++)
            if (TimeIn(instrument, interval) is var time && time > since && time <= until) yield return time;
    }

    /// <summary>Returns the price of an instrument at a time in Unix milliseconds.</summary>
    public decimal PriceAt(Instrument instrument, long time)
    {
        var seconds = time / 1000.0;
        var moved = (MarketPart * Noise.At(_seed, seconds))
            + (SectorPart * Noise.At(_seed + 1 + (ulong)(instrument.Number / Universe.SectorSize), seconds))
            + (OwnPart * Noise.At(_seed + 1000 + (ulong)instrument.Number, seconds));
        return decimal.Round((decimal)(instrument.Anchor * Math.Exp(Movement * moved)), instrument.Decimals);
    }

    /// <summary>Returns a price as its decimal text.</summary>
    public static string Text(Instrument instrument, decimal price) =>
        price.ToString($"F{instrument.Decimals}", CultureInfo.InvariantCulture);

    // A random moment of each interval.
    private long TimeIn(Instrument instrument, long interval) => (interval * instrument.Interval)
        + (long)(instrument.Interval * Noise.Fraction(_seed + 2000 + (ulong)instrument.Number, interval));
}

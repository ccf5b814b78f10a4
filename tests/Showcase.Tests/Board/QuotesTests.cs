using CsCheck;
using Showcase.Board.Market;

namespace Showcase.Tests.Board;

/// <summary>The prices as a function of the seed and the time.</summary>
public sealed class QuotesTests
{
    private const long Morning = 1_770_000_000_000, Day = 86_400_000;

    private static readonly Gen<(Instrument Instrument, long Now)> Moments =
        Gen.Select(Gen.Int[0, Universe.All.Count - 1].Select(static number => Universe.All[number]), Gen.Long[Morning, Morning + (3 * Day)]);

    [Fact]
    public void The_universe_has_400_instruments_in_ten_sectors_with_a_symbol_each()
    {
        Assert.Equal(400, Universe.All.Count);
        Assert.Equal(400, Universe.All.Select(static instrument => instrument.Symbol).Distinct().Count());
        Assert.Equal(400, Universe.All.Select(static instrument => instrument.Name).Distinct().Count());
        Assert.All(Universe.All.GroupBy(static instrument => instrument.Sector), static sector => Assert.Equal(Universe.SectorSize, sector.Count()));
        Assert.Equal(Universe.All.Select(static instrument => instrument.Number), Enumerable.Range(0, 400));
        Assert.All(Universe.All, static instrument => Assert.Same(instrument, Universe.Find(instrument.Symbol)));
    }

    [Fact]
    public void All_instruments_together_are_quoted_about_a_thousand_times_a_second() =>
        Assert.InRange(Universe.All.Sum(static instrument => 1000.0 / instrument.Interval), 990, 1010);

    [Fact]
    public void An_instrument_is_quoted_once_in_each_of_its_intervals() => Moments.Sample(static moment =>
    {
        var (instrument, now) = moment;
        var quotes = new Quotes(1);
        var begin = now - (now % instrument.Interval);
        var times = Enumerable.Range(0, instrument.Interval)
            .Select(offset => quotes.Latest(instrument, begin + offset).Time)
            .Where(time => time >= begin)
            .Distinct();
        Assert.InRange(Assert.Single(times), begin, begin + instrument.Interval - 1);
    }, iter: 100);

    [Fact]
    public void The_latest_quote_is_at_most_two_intervals_old_and_has_the_price_of_its_time() => Moments.Sample(static moment =>
    {
        var (instrument, now) = moment;
        var quotes = new Quotes(1);
        var latest = quotes.Latest(instrument, now);
        Assert.InRange(now - latest.Time, 0, (2 * instrument.Interval) - 1);
        Assert.Equal(Quotes.Text(instrument, quotes.PriceAt(instrument, latest.Time)), latest.Price);

        // The quotes of another process are the same.
        Assert.Equal(latest, new Quotes(1).Latest(instrument, now));
    });

    [Fact]
    public void A_price_stays_near_its_anchor_and_moves_in_small_steps() => Moments.Sample(static moment =>
    {
        var (instrument, now) = moment;
        var quotes = new Quotes(1);
        var (price, later) = ((double)quotes.PriceAt(instrument, now), (double)quotes.PriceAt(instrument, now + 100));
        Assert.InRange(price / instrument.Anchor, 0.5, 2);
        Assert.InRange(later / price, 0.998, 1.002);
    });

    [Fact]
    public void Most_quotes_have_another_price_than_the_one_before()
    {
        var quotes = new Quotes(1);
        var moved = Universe.All.Count(instrument => quotes.PriceAt(instrument, Morning) != quotes.PriceAt(instrument, Morning + instrument.Interval));
        Assert.InRange(moved, 250, 400);
    }

    [Fact]
    public void Instruments_of_a_sector_move_together_more_than_others()
    {
        var quotes = new Quotes(1);
        var moves = Universe.All.ToDictionary(static instrument => instrument, instrument => MovesOf(quotes, instrument));
        double Mean(IEnumerable<(Instrument One, Instrument Other)> pairs) => pairs.Average(pair => moves[pair.One].Zip(moves[pair.Other]).Average(static both => both.First * both.Second));
        var pairs = Universe.All.SelectMany(static one => Universe.All.Skip(one.Number + 1).Where(other => other.Number % 7 == 0), static (one, other) => (one, other)).ToList();
        Assert.True(Mean(pairs.Where(static pair => pair.one.Sector == pair.other.Sector)) > 1.2 * Mean(pairs.Where(static pair => pair.one.Sector != pair.other.Sector)));
    }

    [Fact]
    public void Another_seed_makes_other_prices()
    {
        var instrument = Universe.All[0];
        Assert.NotEqual(new Quotes(1).PriceAt(instrument, Morning), new Quotes(2).PriceAt(instrument, Morning));
    }

    [Fact]
    public void A_session_begins_at_midnight_of_UTC()
    {
        var now = new DateTimeOffset(2026, 3, 4, 15, 16, 17, TimeSpan.Zero);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), Quotes.SessionAt(now.ToUnixTimeMilliseconds()));
    }

    // The signs of the movements in many hours.
    private static double[] MovesOf(Quotes quotes, Instrument instrument) =>
        [.. Enumerable.Range(0, 200).Select(hour => (double)Math.Sign(quotes.PriceAt(instrument, Morning + ((hour + 1) * 3_600_000L)) - quotes.PriceAt(instrument, Morning + (hour * 3_600_000L))))];
}

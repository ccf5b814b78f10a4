using System.Text.Json;
using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;
using Showcase.Exchange.Simulation;

namespace Showcase.Tests.Exchange.Simulation;

public sealed class MarketSimulationTests
{
    [Fact]
    public void The_same_seed_gives_the_same_market()
    {
        Assert.Equal(Messages(seed: 7), Messages(seed: 7));
        Assert.NotEqual(Messages(seed: 7), Messages(seed: 8));

        static string Messages(int seed) => string.Join('\n', new VenueFixture(MarketRate.Normal, options => options.Seed = seed)
            .Advance(TimeSpan.FromSeconds(5)).Select(message => message.Channel + message.Message.GetRawText()));
    }

    [Fact]
    public void The_high_rate_makes_500_book_changes_and_100_trades_a_second()
    {
        var fixture = new VenueFixture(MarketRate.High);
        var market = fixture.Venue.Markets[0];
        var (changes, trades) = (market.Engine.Book.LastUpdateId, market.Engine.LastTradeId);
        fixture.Advance(TimeSpan.FromMinutes(1));

        Assert.InRange(market.Engine.Book.LastUpdateId - changes, 500 * 60, 900 * 60);
        Assert.InRange(market.Engine.LastTradeId - trades, 100 * 60, 400 * 60);
    }

    [Fact]
    public void Candles_from_before_the_opening_trade_about_as_much_as_the_live_market()
    {
        const int Minutes = 15;
        var fixture = new VenueFixture(MarketRate.Normal);
        Candle[][] Latest() => [.. fixture.Venue.Markets.Select(market => market.Data.Find("1m")!.Latest(Minutes))];
        var past = Latest();
        fixture.Advance(TimeSpan.FromMinutes(Minutes));

        foreach (var (before, live) in past.Zip(Latest()))
        {
            Assert.InRange(live.Sum(candle => (double)candle.Volume) / before.Sum(candle => candle.Volume), 0.3, 3);
            Assert.InRange(live.Sum(candle => (double)candle.Count) / before.Sum(candle => candle.Count), 0.3, 3);
        }
    }

    [Fact]
    public void A_book_kept_from_the_diffs_has_no_gap_is_never_crossed_and_equals_the_market_s()
    {
        var fixture = new VenueFixture(MarketRate.High);
        var market = fixture.Venue.Markets[0];
        var mirror = new MirrorBook(JsonSerializer.SerializeToElement(
            market.Format.Snapshot(market.Engine.Book, int.MaxValue), JsonSerializerOptions.Web));
        foreach (var (_, diff) in fixture.Advance(TimeSpan.FromMilliseconds(30_050)).Where(message => message.Channel == "book:SOLUSDT"))
            mirror.Apply(diff);

        Assert.True(mirror.Applied > 200);
        Assert.Equal(market.Engine.Book.BestBid, mirror.BestBid);
        Assert.Equal(market.Engine.Book.BestAsk, mirror.BestAsk);
        Assert.Equal(market.Engine.Book.LevelCount(Side.Buy), mirror.BidCount);
    }

    [Fact]
    public void The_book_keeps_hundreds_of_levels_and_a_narrow_spread_for_an_hour()
    {
        var fixture = new VenueFixture(MarketRate.Normal);
        for (var minute = 0; minute < 60; minute++)
        {
            fixture.Advance(TimeSpan.FromMinutes(1));
            foreach (var market in fixture.Venue.Markets)
            {
                var book = market.Engine.Book;
                Assert.InRange(book.LevelCount(Side.Buy), 200, 1000);
                Assert.InRange(book.LevelCount(Side.Sell), 200, 1000);
                Assert.True((book.BestAsk - book.BestBid) * 1000 < book.BestAsk, "The spread is wider than a thousandth.");
            }
        }
    }

    [Fact]
    public void A_chart_is_full_from_the_start_and_continues_into_the_live_market()
    {
        var fixture = new VenueFixture(MarketRate.Normal);
        foreach (var market in fixture.Venue.Markets)
        {
            foreach (var series in market.Data.Series)
            {
                var candles = series.Latest(1000);
                var expected = Math.Min(300, TimeSpan.FromDays(395).TotalMilliseconds / series.Interval.Milliseconds);
                Assert.True(candles.Length >= expected, $"{series.Interval.Name} has {candles.Length} candles.");
                foreach (var (earlier, later) in candles.Zip(candles.Skip(1)))
                {
                    Assert.Equal(series.Interval.Next(earlier.OpenTime), later.OpenTime);
                    Assert.Equal(earlier.Close, later.Open);
                }

                Assert.Equal(candles[0].OpenTime, series.Interval.OpenTimeOf(candles[0].OpenTime));
            }

            var last = market.Data.Find("1m")!.Current.Close;
            Assert.InRange((double)market.Engine.Book.BestBid! / last, 0.999, 1.001);
            Assert.Empty(market.Data.Tape.Latest(10));
        }
    }

    [Fact]
    public void The_fair_price_stays_near_its_anchor_for_years()
    {
        var personality = Personality.Of("SOLUSDT", MarketRate.Normal);
        var price = new FairPrice(personality, new Random(1));
        for (var hour = 0; hour < 3 * 365 * 24; hour++)
        {
            price.Advance(3600);
            Assert.InRange(price.Ticks / personality.Anchor, 0.5, 2);
        }
    }

    [Fact]
    public void A_long_pause_of_the_machine_is_not_made_up_for()
    {
        var fixture = new VenueFixture(MarketRate.Normal);
        fixture.Venue.Advance(VenueFixture.Start + 3_600_000);
        Assert.True(fixture.Venue.Markets.Sum(market => market.Engine.LastTradeId) < 1000);
    }

    [Fact]
    public void A_candle_closes_at_its_border_even_without_a_trade()
    {
        var fixture = new VenueFixture(MarketRate.Normal);
        var closed = fixture.Advance(TimeSpan.FromSeconds(10))
            .Where(message => message.Channel == "kline:ETHUSDT@1s" && message.Message.GetProperty("closed").GetBoolean())
            .Select(message => message.Message.GetProperty("openTime").GetInt64()).ToList();

        Assert.Equal(Enumerable.Range(0, 10).Select(i => VenueFixture.Start + (i * 1000)), closed.TakeLast(10));
        Assert.Equal(CandleInterval.All.Count + CandleInterval.East8.Count, fixture.Venue.Markets[0].Data.Series.Length);
    }

    [Fact]
    public void A_candle_opens_at_its_border_even_without_a_trade()
    {
        var fixture = new VenueFixture();
        fixture.Limit(VenueFixture.Alice, "sell", "140.00", "1");
        fixture.Limit(VenueFixture.Bob, "buy", "140.00", "1");
        fixture.Advance(TimeSpan.FromMilliseconds(500));

        var published = fixture.Advance(TimeSpan.FromSeconds(2))
            .Where(static message => message.Channel == "kline:SOLUSDT@1s")
            .Select(static message => (
                message.Message.GetProperty("openTime").GetInt64() - VenueFixture.Start, message.Message.GetProperty("close").GetString(),
                message.Message.GetProperty("count").GetInt32(), message.Message.GetProperty("closed").GetBoolean()));

        Assert.Equal([(0, "140.00", 1, true), (1000, "140.00", 0, false), (1000, "140.00", 0, true), (2000, "140.00", 0, false)], published);
    }
}

using CsCheck;
using Showcase.Exchange.Candles;

namespace Showcase.Tests.Exchange.Candles;

public sealed class CandleSeriesTests
{
    private static readonly CandleInterval Second = new("1s", 1000);

    private readonly CandleSeries _series = new(Second, capacity: 5);
    private readonly List<Candle> _closed = [];

    [Fact]
    public void Trades_of_one_interval_make_one_candle()
    {
        _series.Add(Candle.Of(5_100, 100, 3, 300));
        _series.Add(Candle.Of(5_200, 107, 1, 107));
        _series.Add(Candle.Of(5_900, 95, 2, 190));

        Assert.Equal(new Candle(5_000, 100, 107, 95, 95, 6, 597, 3), _series.Current);
    }

    [Fact]
    public void A_trade_on_the_border_opens_the_next_candle()
    {
        _series.Add(Candle.Of(5_999, 100, 1, 100));
        _series.Add(Candle.Of(6_000, 101, 1, 101), _closed);

        Assert.Equal(5_000, Assert.Single(_closed).OpenTime);
        Assert.Equal(new Candle(6_000, 101, 101, 101, 101, 1, 101, 1), _series.Current);
    }

    [Fact]
    public void Intervals_without_trades_are_flat_at_the_last_price()
    {
        _series.Add(Candle.Of(5_000, 100, 1, 100));
        _series.Advance(7_500, _closed);

        Assert.Equal([5_000L, 6_000L], _closed.Select(candle => candle.OpenTime));
        Assert.Equal(Candle.Flat(7_000, 100), _series.Current);
    }

    [Fact]
    public void A_candle_is_closed_once()
    {
        _series.Add(Candle.Of(5_000, 100, 1, 100));
        _series.Advance(6_100, _closed);
        _series.Advance(6_200, _closed);

        Assert.Single(_closed);
    }

    [Fact]
    public void A_long_pause_fills_no_more_than_is_kept()
    {
        _series.Add(Candle.Of(5_000, 100, 1, 100));
        _series.Advance(1_000_000_000, _closed);

        Assert.Equal(5, _series.Count);
        Assert.Equal(5, _closed.Count);
        Assert.Equal(1_000_000_000, _series.Current.OpenTime);
    }

    [Fact]
    public void The_latest_candles_come_oldest_first_and_end_where_asked()
    {
        for (var i = 0; i < 8; i++) _series.Add(Candle.Of(i * 1000, 100 + i, 1, 1));

        Assert.Equal([6_000L, 7_000L], _series.Latest(2).Select(candle => candle.OpenTime));
        Assert.Equal([4_000L, 5_000L], _series.Latest(2, endTime: 5_999).Select(candle => candle.OpenTime));
        Assert.Equal([3_000L, 4_000L], _series.Latest(9, endTime: 4_000).Select(candle => candle.OpenTime));
        Assert.Empty(_series.Latest(9, endTime: 2_999));
    }

    [Fact]
    public void A_longer_candle_is_the_sum_of_the_shorter_ones() =>
        Gen.Select(Gen.Long[0, 400], Gen.Long[90, 110], Gen.Long[1, 9]).Array[1, 60].Sample(trades =>
        {
            CandleSeries fine = new(Second, 100_000), coarse = new(new CandleInterval("1m", 60_000), 10_000);
            var time = 0L;
            foreach (var (pause, price, quantity) in trades)
            {
                var trade = Candle.Of(time += pause * 100, price, quantity, price * quantity);
                fine.Add(trade);
                coarse.Add(trade);
            }

            foreach (var whole in coarse.Latest(10_000))
            {
                var parts = fine.Latest(100_000).Where(part => part.OpenTime / 60_000 * 60_000 == whole.OpenTime && part.Count > 0).ToList();
                Assert.Equal(whole.Volume, parts.Sum(part => part.Volume));
                if (parts.Count == 0) continue;
                Assert.Equal((parts[0].Open, parts[^1].Close), (whole.Open, whole.Close));
                Assert.Equal((parts.Max(part => part.High), parts.Min(part => part.Low)), (whole.High, whole.Low));
            }
        });
}

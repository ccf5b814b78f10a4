using System.Globalization;
using System.Text.Json;
using Showcase.Exchange.Simulation;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Exchange.Streams;

/// <summary>The payloads of docs/protocol/binance.md, on the wire of a busy market.</summary>
public sealed class StreamPayloadTests(StreamPayloadTests.BusyMarket market) : IClassFixture<StreamPayloadTests.BusyMarket>
{
    private const string Ticker = "e E s p P w o h l c v q O C F L n", DayTicker = "e E s p P w x Q b B a A o h l c v q O C F L n";
    private const string MiniTicker = "e E s c o h l v q", Kline = "t T s i f L o c h l v n x q V Q B";

    private static readonly string[] Intervals = ["1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];

    private static readonly Dictionary<string, string> KeysOfAll = new()
    {
        ["!miniTicker@arr"] = MiniTicker,
        ["!miniTicker@arr@3000ms"] = MiniTicker,
        ["!ticker@arr"] = DayTicker,
        ["!ticker_1h@arr"] = Ticker,
        ["!ticker_4h@arr"] = Ticker,
        ["!ticker_1d@arr"] = Ticker,
    };

    private static readonly Dictionary<string, string> Keys = new()
    {
        ["solusdt@trade"] = "e E s t p q T m M",
        ["solusdt@aggTrade"] = "e E s a p q f l T m M",
        ["solusdt@miniTicker"] = MiniTicker,
        ["solusdt@ticker"] = DayTicker,
        ["solusdt@ticker_1h"] = Ticker,
        ["solusdt@ticker_4h"] = Ticker,
        ["solusdt@ticker_1d"] = Ticker,
        ["solusdt@bookTicker"] = "u s b B a A",
        ["solusdt@avgPrice"] = "e E s i w T",
        ["solusdt@depth"] = "e E s U u b a",
        ["solusdt@depth@100ms"] = "e E s U u b a",
        ["solusdt@depth@1000ms"] = "e E s U u b a",
        ["solusdt@depth5"] = "lastUpdateId bids asks",
        ["solusdt@depth10@100ms"] = "lastUpdateId bids asks",
        ["solusdt@depth20@1000ms"] = "lastUpdateId bids asks",
    };

    [Fact]
    public async Task Every_stream_has_exactly_its_keys()
    {
        await using var raw = await market.OpenAsync($"/stream?streams={string.Join('/', Keys.Keys)}");
        var left = Keys.Keys.ToHashSet();
        while (left.Count > 0)
        {
            var message = await raw.ReadAsync();
            var name = message.GetProperty("stream").GetString()!;
            Assert.Equal((name, Keys[name]), (name, KeysOf(message.GetProperty("data"))));
            left.Remove(name);
        }
    }

    [Fact]
    public async Task Every_candle_has_its_interval_and_its_borders_in_both_time_zones()
    {
        var left = Intervals.SelectMany(static interval => (string[])[$"solusdt@kline_{interval}", $"solusdt@kline_{interval}@+08:00"]).ToHashSet();
        await using var raw = await market.OpenAsync($"/stream?streams={string.Join('/', left)}");
        while (left.Count > 0)
        {
            var message = await raw.ReadAsync();
            var name = message.GetProperty("stream").GetString()!;
            var data = message.GetProperty("data");
            var interval = name["solusdt@kline_".Length..].Replace("@+08:00", "", StringComparison.Ordinal);
            Assert.Equal(("e E s k", Kline, interval), (KeysOf(data), KeysOf(data.GetProperty("k")), data.GetProperty("k").GetProperty("i").GetString()));
            ShouldBeginAtABorder(interval, data, TimeSpan.FromHours(name.EndsWith("+08:00", StringComparison.Ordinal) ? 8 : 0));
            left.Remove(name);
        }
    }

    [Fact]
    public async Task A_stream_of_all_symbols_has_each_changed_symbol_once()
    {
        var left = KeysOfAll.Keys.ToHashSet();
        await using var raw = await market.OpenAsync($"/stream?streams={string.Join('/', left)}");
        while (left.Count > 0)
        {
            var message = await raw.ReadAsync();
            var name = message.GetProperty("stream").GetString()!;
            var tickers = message.GetProperty("data").EnumerateArray().ToList();
            Assert.All(tickers, ticker => Assert.Equal(KeysOfAll[name], KeysOf(ticker)));
            var symbols = tickers.Select(static ticker => ticker.GetProperty("s").GetString()).ToList();
            Assert.Contains("SOLUSDT", symbols);
            Assert.Equal(symbols.Distinct(), symbols);
            left.Remove(name);
        }
    }

    [Fact]
    public async Task Times_are_in_microseconds_on_request_and_every_number_is_a_string_of_eight_decimals()
    {
        await using var micro = await market.OpenAsync("/stream?streams=solusdt@trade&timeUnit=MICROSECOND");
        await using var milli = await market.OpenAsync("/ws/solusdt@trade");
        var trade = (await micro.ReadAsync()).GetProperty("data");
        Assert.Matches(@"^\d+\.\d{8}$", trade.GetProperty("p").GetString());
        Assert.Matches(@"^\d+\.\d{8}$", trade.GetProperty("q").GetString());
        Assert.Equal(16, trade.GetProperty("T").GetRawText().Length);
        var other = await milli.ReadAsync();
        Assert.Equal(13, other.GetProperty("T").GetRawText().Length);
        Assert.True(other.GetProperty("t").GetInt64() < 100_000_000_000_000, "Ids are short, because clients parse long ones as other types.");
    }

    [Theory]
    [InlineData("solusdt@depth@100ms")]
    [InlineData("solusdt@depth")]
    public async Task Changes_of_the_book_follow_each_other_without_a_gap(string stream)
    {
        await using var raw = await market.OpenAsync($"/ws/{stream}");
        long? last = null;
        for (var i = 0; i < (stream.EndsWith("ms", StringComparison.Ordinal) ? 20 : 3); i++)
        {
            var change = await raw.ReadAsync();
            Assert.True(last is null || change.GetProperty("U").GetInt64() == last + 1);
            last = change.GetProperty("u").GetInt64();
        }
    }

    [Fact]
    public async Task Aggregate_trades_consist_of_the_trades_and_candles_equal_them()
    {
        await using var raw = await market.OpenAsync("/stream?streams=solusdt@trade/solusdt@aggTrade/solusdt@kline_1s");
        var (trades, aggregates) = (new List<JsonElement>(), new List<JsonElement>());
        var closed = 0;
        while (closed < 2)
        {
            var message = await raw.ReadAsync();
            var data = message.GetProperty("data");
            switch (message.GetProperty("stream").GetString())
            {
                case "solusdt@trade":
                    trades.Add(data);
                    break;
                case "solusdt@aggTrade":
                    aggregates.Add(data);
                    break;
                default:
                    var candle = data.GetProperty("k");
                    if (!candle.GetProperty("x").GetBoolean()) break;
                    if (trades.Count == 0 || trades[0].GetProperty("t").GetInt64() > candle.GetProperty("f").GetInt64()) break;
                    ShouldEqual(candle, trades);
                    closed++;
                    break;
            }
        }

        Assert.All(trades.Zip(trades.Skip(1)), static pair => Assert.Equal(pair.First.GetProperty("t").GetInt64() + 1, pair.Second.GetProperty("t").GetInt64()));
        Assert.All(aggregates.Zip(aggregates.Skip(1)), static pair =>
        {
            Assert.Equal(pair.First.GetProperty("a").GetInt64() + 1, pair.Second.GetProperty("a").GetInt64());
            Assert.Equal(pair.First.GetProperty("l").GetInt64() + 1, pair.Second.GetProperty("f").GetInt64());
        });
        foreach (var aggregate in aggregates)
        {
            var parts = trades.Where(trade => trade.GetProperty("t").GetInt64() is var id && id >= aggregate.GetProperty("f").GetInt64() && id <= aggregate.GetProperty("l").GetInt64()).ToList();
            if (parts.Count == 0) continue;
            Assert.Equal(Number(aggregate, "q"), parts.Sum(static part => Number(part, "q")));
            Assert.All(parts, part => Assert.Equal(Number(aggregate, "p"), Number(part, "p")));
        }
    }

    private static void ShouldBeginAtABorder(string interval, JsonElement data, TimeSpan offset)
    {
        var (open, next) = (TimeOf(data, "t").ToOffset(offset), TimeOf(data, "T").AddMilliseconds(1).ToOffset(offset));
        if (interval is "1d" or "3d" or "1w" or "1M") Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (open.TimeOfDay, next.TimeOfDay));
        if (interval == "1w") Assert.Equal((DayOfWeek.Monday, DayOfWeek.Monday), (open.DayOfWeek, next.DayOfWeek));
        if (interval == "1M") Assert.Equal((1, open.AddMonths(1)), (open.Day, next));
        if (interval.EndsWith('h')) Assert.Equal(0, open.Hour % int.Parse(interval[..^1], CultureInfo.InvariantCulture));
    }

    private static void ShouldEqual(JsonElement candle, List<JsonElement> all)
    {
        var trades = all.Where(trade => trade.GetProperty("T").GetInt64() is var time && time >= candle.GetProperty("t").GetInt64() && time <= candle.GetProperty("T").GetInt64()).ToList();
        Assert.Equal(candle.GetProperty("n").GetInt32(), trades.Count);
        Assert.Equal((candle.GetProperty("f").GetInt64(), candle.GetProperty("L").GetInt64()), (trades[0].GetProperty("t").GetInt64(), trades[^1].GetProperty("t").GetInt64()));
        Assert.Equal((Number(candle, "o"), Number(candle, "c")), (Number(trades[0], "p"), Number(trades[^1], "p")));
        Assert.Equal((Number(candle, "h"), Number(candle, "l")), (trades.Max(static trade => Number(trade, "p")), trades.Min(static trade => Number(trade, "p"))));
        Assert.Equal((Number(candle, "v"), Number(candle, "q")), (trades.Sum(static trade => Number(trade, "q")), trades.Sum(static trade => Number(trade, "q") * Number(trade, "p"))));
        var bought = trades.Where(static trade => !trade.GetProperty("m").GetBoolean()).ToList();
        Assert.Equal((Number(candle, "V"), Number(candle, "Q")), (bought.Sum(static trade => Number(trade, "q")), bought.Sum(static trade => Number(trade, "q") * Number(trade, "p"))));
    }

    private static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static DateTimeOffset TimeOf(JsonElement data, string name) => DateTimeOffset.FromUnixTimeMilliseconds(data.GetProperty("k").GetProperty(name).GetInt64());

    private static string KeysOf(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(static member => member.Name));

    /// <summary>A showcase whose market is busy.</summary>
    public sealed class BusyMarket : IAsyncLifetime
    {
        private RunningShowcase _showcase = null!;

        public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync(MarketRate.High);

        public ValueTask DisposeAsync() => _showcase.DisposeAsync();

        internal Task<RawStream> OpenAsync(string path) => RawStream.OpenAsync(_showcase.Http, path);
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using Showcase.Exchange.Simulation;
using Showcase.Tests.Exchange.Streams;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Exchange.Rest;

/// <summary>The public calls of docs/protocol/binance.md, on a busy market.</summary>
public sealed class RestCallTests(RestCallTests.BusyMarket market) : IClassFixture<RestCallTests.BusyMarket>
{
    private const string Window = "openPrice highPrice lowPrice lastPrice volume quoteVolume openTime closeTime firstId lastId count";
    private const string Day = "symbol priceChange priceChangePercent weightedAvgPrice prevClosePrice lastPrice lastQty bidPrice bidQty askPrice askQty "
        + "openPrice highPrice lowPrice volume quoteVolume openTime closeTime firstId lastId count";

    [Theory]
    [InlineData("ping", "")]
    [InlineData("time", "serverTime")]
    [InlineData("exchangeInfo", "timezone serverTime rateLimits exchangeFilters symbols")]
    [InlineData("depth?symbol=SOLUSDT&limit=9999", "lastUpdateId bids asks")]
    [InlineData("avgPrice?symbol=SOLUSDT", "mins price closeTime")]
    [InlineData("ticker/24hr?symbol=SOLUSDT", Day)]
    [InlineData("ticker/24hr?symbol=SOLUSDT&type=MINI", $"symbol {Window}")]
    [InlineData("ticker?symbol=SOLUSDT&windowSize=7d", $"symbol priceChange priceChangePercent weightedAvgPrice {Window}")]
    [InlineData("ticker?symbol=SOLUSDT&windowSize=59m&type=MINI", $"symbol {Window}")]
    [InlineData("ticker/tradingDay?symbol=SOLUSDT&timeZone=-1:00", $"symbol priceChange priceChangePercent weightedAvgPrice {Window}")]
    [InlineData("ticker/price?symbol=SOLUSDT", "symbol price")]
    [InlineData("ticker/bookTicker?symbol=SOLUSDT", "symbol bidPrice bidQty askPrice askQty")]
    public async Task A_call_has_exactly_its_keys(string call, string keys) =>
        Assert.Equal(keys, string.Join(' ', (await GetAsync(call)).EnumerateObject().Select(static member => member.Name)));

    [Theory]
    [InlineData("ticker/24hr", "SOLUSDT BTCUSDT ETHUSDT")]
    [InlineData("ticker/price", "SOLUSDT BTCUSDT ETHUSDT")]
    [InlineData("ticker/bookTicker?symbols=[\"ETHUSDT\",\"SOLUSDT\"]", "ETHUSDT SOLUSDT")]
    [InlineData("ticker/price?symbols=%5B%22ETHUSDT%22%5D", "ETHUSDT")]
    [InlineData("ticker?symbols=[%22BTCUSDT%22]", "BTCUSDT")]
    public async Task A_call_for_several_symbols_has_an_array(string call, string symbols) =>
        Assert.Equal(symbols, string.Join(' ', (await GetAsync(call)).EnumerateArray().Select(static ticker => ticker.GetProperty("symbol").GetString())));

    [Theory]
    [InlineData("depth", -1102)]
    [InlineData("depth?symbol=", -1105)]
    [InlineData("depth?symbol=solusdt", -1100)]
    [InlineData("depth?symbol=NOSUCH", -1121)]
    [InlineData("depth?symbol=SOLUSDT&limit=0", -1130)]
    [InlineData("depth?symbol=SOLUSDT&limit=-5", -1100)]
    [InlineData("depth?symbol=SOLUSDT&limit=99999999999999999999", -1130)]
    [InlineData("depth?symbol=SOLUSDT&foo=1", -1104)]
    [InlineData("depth?symbol=SOLUSDT&symbol=BTCUSDT", -1101)]
    [InlineData("time?x=1", -1104)]
    [InlineData("klines?symbol=SOLUSDT", -1102)]
    [InlineData("klines?symbol=SOLUSDT&interval=7m", -1120)]
    [InlineData("klines?symbol=SOLUSDT&interval=1d&timeZone=15", -1130)]
    [InlineData("klines?symbol=SOLUSDT&interval=1d&timeZone=Mars", -1100)]
    [InlineData("aggTrades?symbol=SOLUSDT&fromId=1&startTime=1", -1128)]
    [InlineData("ticker/24hr?symbol=SOLUSDT&symbols=[\"BTCUSDT\"]", -1128)]
    [InlineData("ticker/24hr?symbols=SOLUSDT", -1100)]
    [InlineData("ticker/24hr?symbols=[[[[1", -1100)]
    [InlineData("ticker/24hr?symbols=[null]", -1100)]
    [InlineData("ticker/24hr?symbols=[\"SOLUSDT\",\"SOLUSDT\"]", -1130)]
    [InlineData("ticker/24hr?symbol=SOLUSDT&type=HUGE", -1130)]
    [InlineData("ticker/24hr?symbol=SOLUSDT&symbolStatus=HALT", -1220)]
    [InlineData("ticker", -1102)]
    [InlineData("ticker?symbol=SOLUSDT&windowSize=8d", -1130)]
    [InlineData("exchangeInfo?symbol=SOLUSDT&permissions=SPOT", -1128)]
    public async Task A_bad_call_is_refused_with_a_code(string call, int code)
    {
        var (status, body, _) = await market.GetAsync(call);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, body.GetProperty("code").GetInt32()));
        Assert.NotEqual("", body.GetProperty("msg").GetString());
    }

    [Fact]
    public async Task An_unknown_path_and_a_wrong_method_are_refused_with_a_code()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await market.GetAsync("nosuch")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await market.GetAsync("time", HttpMethod.Post)).Status);
    }

    [Fact]
    public async Task A_book_of_a_snapshot_and_the_changes_equals_a_later_snapshot()
    {
        await using var raw = await market.OpenAsync("/ws");
        await raw.RequestAsync("""{"method":"SUBSCRIBE","params":["solusdt@depth@100ms"],"id":1}""");
        var book = new PublicBook(await GetAsync("depth?symbol=SOLUSDT&limit=5000"));
        for (var compared = 0; compared < 3;)
        {
            var later = new PublicBook(await GetAsync("depth?symbol=SOLUSDT&limit=5000"));
            while (book.LastId < later.LastId) book.Apply(await raw.ReadAsync());

            // About every second snapshot ends where an event ends.
            if (book.LastId != later.LastId) continue;
            Assert.Equal(later.Levels, book.Levels);
            compared++;
        }
    }

    [Theory]
    [InlineData("1m", "")]
    [InlineData("1d", "")]
    [InlineData("1d", "+08:00")]
    [InlineData("1d", "5:45")]
    [InlineData("1w", "-3")]
    [InlineData("1M", "14")]
    [InlineData("4h", "2")]
    public async Task Candles_follow_each_other_and_end_where_requested(string interval, string zone)
    {
        var call = $"klines?symbol=SOLUSDT&interval={interval}" + (zone.Length > 0 ? $"&timeZone={zone}" : "");
        var candles = (await GetAsync(call + "&limit=1000")).EnumerateArray().ToList();
        Assert.True(candles.Count >= 2, $"{candles.Count} candles");
        Assert.All(candles, static candle => Assert.Equal(12, candle.GetArrayLength()));
        foreach (var (earlier, later) in candles.Zip(candles.Skip(1))) Assert.Equal(earlier[6].GetInt64() + 1, later[0].GetInt64());
        var second = candles[1][0].GetInt64();
        Assert.Equal(second, (await GetAsync($"{call}&startTime={second}&limit=1"))[0][0].GetInt64());
        Assert.Equal(second, (await GetAsync($"{call}&startTime={second}000&limit=1"))[0][0].GetInt64());
        Assert.Equal(second, (await GetAsync($"{call}&endTime={candles[1][6].GetInt64()}&limit=1"))[0][0].GetInt64());
    }

    [Fact]
    public async Task Trades_are_paged_by_id_and_by_time()
    {
        await using var raw = await market.OpenAsync("/stream?streams=solusdt@aggTrade/solusdt@kline_1s");
        await raw.ReadAsync(static message => message.GetProperty("data").TryGetProperty("k", out var candle) && candle.GetProperty("x").GetBoolean());
        var latest = (await GetAsync("trades?symbol=SOLUSDT&limit=20")).EnumerateArray().Select(static trade => trade.GetProperty("id").GetInt64()).ToList();
        Assert.Equal(Enumerable.Range(0, latest.Count).Select(i => latest[0] + i), latest);
        Assert.Equal(latest[2], (await GetAsync($"historicalTrades?symbol=SOLUSDT&fromId={latest[2]}&limit=1"))[0].GetProperty("id").GetInt64());

        var aggregate = (await GetAsync("aggTrades?symbol=SOLUSDT&limit=3"))[0];
        var (id, time) = (aggregate.GetProperty("a").GetInt64(), aggregate.GetProperty("T").GetInt64());
        Assert.Equal(id, (await GetAsync($"aggTrades?symbol=SOLUSDT&fromId={id}&limit=1"))[0].GetProperty("a").GetInt64());
        var ofTime = (await GetAsync($"aggTrades?symbol=SOLUSDT&startTime={time}&endTime={time}")).EnumerateArray().ToList();
        Assert.Contains(ofTime, trade => trade.GetProperty("a").GetInt64() == id);
        Assert.All(ofTime, trade => Assert.Equal(time, trade.GetProperty("T").GetInt64()));
        Assert.Equal(0, (await GetAsync($"aggTrades?symbol=SOLUSDT&startTime={time}&endTime={time - 1}")).GetArrayLength());
    }

    [Fact]
    public async Task Every_response_has_the_used_weight_and_times_in_the_requested_unit()
    {
        var (_, body, headers) = await market.GetAsync("time", unit: "MICROSECOND");
        Assert.Equal(16, body.GetProperty("serverTime").GetRawText().Length);
        Assert.True(int.Parse(headers.GetValues("X-MBX-USED-WEIGHT-1M").Single(), CultureInfo.InvariantCulture) > 0);
    }

    [Fact]
    public async Task A_symbol_has_its_filters()
    {
        var symbol = (await GetAsync("exchangeInfo?symbol=SOLUSDT")).GetProperty("symbols").EnumerateArray().Single();
        var filters = symbol.GetProperty("filters").EnumerateArray().ToDictionary(static filter => filter.GetProperty("filterType").GetString()!);
        Assert.Equal("0.01000000", filters["PRICE_FILTER"].GetProperty("tickSize").GetString());
        Assert.Equal("0.00100000", filters["LOT_SIZE"].GetProperty("stepSize").GetString());
        Assert.Equal("5.00000000", filters["NOTIONAL"].GetProperty("minNotional").GetString());
    }

    private async Task<JsonElement> GetAsync(string call)
    {
        var (status, body, _) = await market.GetAsync(call);
        Assert.True(status == HttpStatusCode.OK, body.GetRawText());
        return body;
    }

    /// <summary>A showcase whose market is busy.</summary>
    public sealed class BusyMarket : IAsyncLifetime
    {
        private readonly HttpClient _http = new();
        private RunningShowcase _showcase = null!;

        public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync(MarketRate.High);

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _showcase.DisposeAsync();
        }

        internal Task<RawStream> OpenAsync(string path) => RawStream.OpenAsync(_showcase.Http, path);

        internal async Task<(HttpStatusCode Status, JsonElement Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> GetAsync(string call, HttpMethod? method = null, string? unit = null)
        {
            using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(_showcase.Http, $"/api/v3/{call}"));
            if (unit is not null) request.Headers.Add("X-MBX-TIME-UNIT", unit);
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), response.Headers);
        }
    }
}

using Showcase.Exchange.Simulation;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Exchange;

public sealed class LiveMarketTests
{
    [Fact]
    public async Task A_book_kept_over_the_wire_has_no_gap_and_is_never_crossed()
    {
        await using var showcase = await RunningShowcase.StartAsync(MarketRate.High);
        await using var client = await showcase.ConnectAsync();
        var book = new MirrorBook((await client.SubscribeAsync("book:SOLUSDT")).GetProperty("data"));
        while (book.Applied < 20) book.Apply(await client.PublicationAsync("book:SOLUSDT"));
    }

    [Fact]
    public async Task A_reader_of_the_latest_candles_misses_no_closed_one()
    {
        await using var showcase = await RunningShowcase.StartAsync(MarketRate.High);
        await using var client = await showcase.ConnectAsync();

        // Several candles of one second are in each batch.
        await client.SubscribeAsync("kline:SOLUSDT@1s", """{"pace":{"delay_ms":3000,"latest":true}}""");
        var closed = new List<long>();
        while (closed.Count < 5)
        {
            var candle = await client.PublicationAsync("kline:SOLUSDT@1s");
            if (candle.GetProperty("closed").GetBoolean()) closed.Add(candle.GetProperty("openTime").GetInt64());
        }

        Assert.Equal(Enumerable.Range(0, 5).Select(second => closed[0] + (1000L * second)), closed);
    }

    [Fact]
    public async Task Trade_ids_on_the_wire_have_no_holes()
    {
        await using var showcase = await RunningShowcase.StartAsync(MarketRate.High);
        await using var client = await showcase.ConnectAsync();
        await client.SubscribeAsync("trades:SOLUSDT");
        long? last = null;
        for (var i = 0; i < 50; i++)
        {
            foreach (var trade in (await client.PublicationAsync("trades:SOLUSDT")).GetProperty("trades").EnumerateArray())
            {
                var id = trade.GetProperty("id").GetInt64();
                Assert.True(last is null || id == last + 1, $"{id} follows {last}.");
                last = id;
            }
        }
    }

    [Fact]
    public async Task Chart_and_figures_are_there_at_once()
    {
        await using var showcase = await RunningShowcase.StartAsync(MarketRate.Normal);
        await using var client = await showcase.ConnectAsync();
        var klines = (await client.CallAsync("exchange.klines", """{"symbol":"BTCUSDT","interval":"1h","limit":500}""")).GetProperty("klines");
        Assert.Equal(500, klines.GetArrayLength());
        Assert.True(klines[0].GetProperty("closed").GetBoolean());
        Assert.False(klines[499].GetProperty("closed").GetBoolean());
        var tickers = (await client.CallAsync("exchange.tickers", "{}")).GetProperty("tickers");
        Assert.Equal(["SOLUSDT", "BTCUSDT", "ETHUSDT"], tickers.EnumerateArray().Select(ticker => ticker.GetProperty("symbol").GetString()));
        foreach (var channel in (string[])["ticker:SOLUSDT", "kline:SOLUSDT@1m"])
            Assert.True((await client.SubscribeAsync(channel)).TryGetProperty("data", out _));
    }

    [Fact]
    public async Task Stopping_closes_clients_with_3001()
    {
        await using var showcase = await RunningShowcase.StartAsync(MarketRate.Normal);
        await using var client = await showcase.ConnectAsync("alice");
        await client.SubscribeAsync("book:SOLUSDT");
        var stopping = showcase.StopAsync();
        Assert.Equal(3001, (int)(await client.ClosedAsync()).CloseStatus!);
        await stopping;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Exchange;

public sealed class ExchangeWireTests : IAsyncLifetime
{
    private const string Buy = """{"symbol":"SOLUSDT","side":"buy","type":"limit","price":"100.00","quantity":"1"}""";
    private const string Sell = """{"symbol":"SOLUSDT","side":"sell","type":"limit","price":"142.36","quantity":"2"}""";

    private RunningShowcase _showcase = null!;

    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync();

    public ValueTask DisposeAsync() => _showcase.DisposeAsync();

    [Fact]
    public async Task A_key_gives_the_same_account_again_and_no_key_gives_none()
    {
        await using var client = await ProtocolClient.OpenAsync(_showcase.Http);
        var reply = await client.ConnectAsync(RunningShowcase.KeyOf("alice"));
        var user = reply.GetProperty("data").GetProperty("user").GetString();
        Assert.True(reply.GetProperty("subs").TryGetProperty($"account:#{user}", out var subscription));
        Assert.True(subscription.GetProperty("recoverable").GetBoolean());

        await using var again = await ProtocolClient.OpenAsync(_showcase.Http);
        Assert.Equal(user, (await again.ConnectAsync(RunningShowcase.KeyOf("alice"))).GetProperty("data").GetProperty("user").GetString());

        await using var watcher = await ProtocolClient.OpenAsync(_showcase.Http);
        Assert.Equal("", (await watcher.ConnectAsync("{}")).GetProperty("data").GetProperty("user").GetString());
    }

    [Fact]
    public async Task A_key_that_is_too_short_is_refused()
    {
        await using var client = await ProtocolClient.OpenAsync(_showcase.Http);
        var reply = await client.CommandAsync("connect", """{"data":{"key":"secret"}}""");
        Assert.Equal(400, reply.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_placed_order_appears_in_the_book_and_in_its_account()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        var snapshot = (await alice.SubscribeAsync("book:SOLUSDT")).GetProperty("data");
        Assert.Equal(0, snapshot.GetProperty("id").GetInt64());
        var order = (await alice.CallAsync("order.place", Buy)).GetProperty("order");
        Assert.Equal("new", order.GetProperty("status").GetString());

        var account = $"account:#{await UserAsync("alice")}";
        var told = await alice.PublicationAsync(account, data => data.GetProperty("type").GetString() == "order");
        Assert.Equal(order.GetProperty("id").GetInt64(), told.GetProperty("order").GetProperty("id").GetInt64());
        var diff = await alice.PublicationAsync("book:SOLUSDT");
        Assert.Equal("[[\"100.00\",\"1.000\"]]", diff.GetProperty("bids").GetRawText());
    }

    [Fact]
    public async Task Depth_has_the_10_best_levels_of_each_side_and_the_latest_trade()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        for (var i = 0; i < 25; i++)
            await alice.CallAsync("order.place", $$"""{"symbol":"SOLUSDT","side":"sell","type":"limit","price":"{{150 + i}}.00","quantity":"1"}""");
        await bob.CallAsync("order.place", """{"symbol":"SOLUSDT","side":"buy","type":"limit","price":"150.00","quantity":"0.5"}""");

        var depth = (await bob.SubscribeAsync("depth:SOLUSDT")).GetProperty("data");
        Assert.Equal(10, depth.GetProperty("asks").GetArrayLength());
        Assert.Equal("[\"150.00\",\"0.500\"]", depth.GetProperty("asks")[0].GetRawText());
        Assert.Equal("[\"159.00\",\"1.000\"]", depth.GetProperty("asks")[9].GetRawText());
        Assert.Equal("0.500", depth.GetProperty("trade").GetProperty("quantity").GetString());

        await alice.CallAsync("order.place", Buy);
        var next = await bob.PublicationAsync("depth:SOLUSDT", data => data.GetProperty("bids").GetArrayLength() > 0);
        Assert.Equal("[[\"100.00\",\"1.000\"]]", next.GetProperty("bids").GetRawText());
        Assert.True(next.GetProperty("id").GetInt64() > depth.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_market_order_fills_and_everybody_sees_the_trade()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        await using var watcher = await _showcase.ConnectAsync();
        await watcher.SubscribeAsync("trades:SOLUSDT");
        await alice.CallAsync("order.place", Sell);

        var result = await bob.CallAsync("order.place", """{"symbol":"SOLUSDT","side":"buy","type":"market","quoteQuantity":"100"}""");
        Assert.Equal("filled", result.GetProperty("order").GetProperty("status").GetString());
        Assert.Equal("0.702", result.GetProperty("fills")[0].GetProperty("quantity").GetString());

        var trade = (await watcher.PublicationAsync("trades:SOLUSDT")).GetProperty("trades")[0];
        Assert.Equal("142.36", trade.GetProperty("price").GetString());
        Assert.False(trade.GetProperty("buyerIsMaker").GetBoolean());
        var fill = await alice.PublicationAsync($"account:#{await UserAsync("alice")}", data => data.GetProperty("type").GetString() == "fill");
        Assert.True(fill.GetProperty("fill").GetProperty("maker").GetBoolean());
        Assert.Equal(1, (await bob.CallAsync("account.fills", "{}")).GetProperty("fills").GetArrayLength());
    }

    [Fact]
    public async Task Two_clients_see_each_other_s_orders()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        foreach (var client in (ProtocolClient[])[alice, bob]) await client.SubscribeAsync("book:SOLUSDT");

        await alice.CallAsync("order.place", Buy);
        Assert.Equal("100.00", (await bob.PublicationAsync("book:SOLUSDT")).GetProperty("bids")[0][0].GetString());
        await bob.CallAsync("order.place", Sell);
        var diff = await alice.PublicationAsync("book:SOLUSDT", data => data.GetProperty("asks").GetArrayLength() > 0);
        Assert.Equal("142.36", diff.GetProperty("asks")[0][0].GetString());
    }

    [Fact]
    public async Task A_canceled_order_is_gone_from_the_list_of_open_ones()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        var id = (await alice.CallAsync("order.place", Buy)).GetProperty("order").GetProperty("id").GetInt64();
        Assert.Equal(1, (await alice.CallAsync("order.open", """{"symbol":"SOLUSDT"}""")).GetProperty("orders").GetArrayLength());
        var canceled = await alice.CallAsync("order.cancel", $$"""{"symbol":"SOLUSDT","id":{{id}}}""");
        Assert.Equal("canceled", canceled.GetProperty("order").GetProperty("status").GetString());
        Assert.Equal(0, (await alice.CallAsync("order.open", "{}")).GetProperty("orders").GetArrayLength());
        Assert.Equal(1, (await alice.CallAsync("order.history", """{"limit":10}""")).GetProperty("orders").GetArrayLength());
    }

    [Theory]
    [InlineData(107, "order.place", """{"symbol":"SOLUSDT","side":"buy","type":"limit","price":100,"quantity":"1"}""")]
    [InlineData(400, "order.place", """{"symbol":"SOLUSDT","side":"buy","type":"limit","price":"1e2","quantity":"1"}""")]
    [InlineData(400, "exchange.klines", """{"symbol":"SOLUSDT","interval":"2m"}""")]
    [InlineData(400, "exchange.klines", """{"symbol":"SOLUSDT","interval":"1m","limit":1001}""")]
    [InlineData(404, "exchange.trades", """{"symbol":"XRPUSDT"}""")]
    [InlineData(410, "order.cancel", """{"symbol":"SOLUSDT","id":1}""")]
    [InlineData(420, "order.place", """{"symbol":"SOLUSDT","side":"buy","type":"limit","price":"142.357","quantity":"1"}""")]
    [InlineData(421, "order.place", """{"symbol":"SOLUSDT","side":"buy","type":"limit","price":"142.35","quantity":"0.0001"}""")]
    [InlineData(422, "order.place", """{"symbol":"SOLUSDT","side":"buy","type":"limit","price":"142.35","quantity":"0.001"}""")]
    [InlineData(423, "order.place", """{"symbol":"SOLUSDT","side":"sell","type":"limit","price":"142.35","quantity":"101"}""")]
    [InlineData(424, "order.place", """{"symbol":"SOLUSDT","side":"buy","type":"market","quantity":"1"}""")]
    [InlineData(104, "order.explode", "{}")]
    public async Task A_bad_call_gets_its_code_and_the_market_goes_on(int code, string method, string data)
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        var error = await alice.FailingCallAsync(method, data);
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        await alice.CallAsync("order.place", Buy);
    }

    [Fact]
    public async Task Who_connected_without_a_key_gets_401_and_somebody_else_s_order_403()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        await using var watcher = await _showcase.ConnectAsync();
        var id = (await alice.CallAsync("order.place", Buy)).GetProperty("order").GetProperty("id").GetInt64();

        Assert.Equal(401, (await watcher.FailingCallAsync("order.place", Buy)).GetProperty("code").GetInt32());
        Assert.Equal(403, (await bob.FailingCallAsync("order.cancel", $$"""{"symbol":"SOLUSDT","id":{{id}}}""")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Who_calls_too_often_gets_429()
    {
        await using var showcase = await RunningShowcase.StartAsync(configure: builder =>
            builder.Services.Configure<VisitorOptions>(options => options.Person[Act.Call] = new(2, 0.001)));
        await using var client = await showcase.ConnectAsync("alice");
        await client.CallAsync("exchange.info", "{}");
        await client.CallAsync("exchange.info", "{}");
        Assert.Equal(429, (await client.FailingCallAsync("exchange.info", "{}")).GetProperty("code").GetInt32());

        // A second connection does not help, and nobody else is held up.
        await using var again = await showcase.ConnectAsync("alice");
        Assert.Equal(429, (await again.FailingCallAsync("exchange.info", "{}")).GetProperty("code").GetInt32());
        await using var other = await showcase.ConnectAsync("bob");
        await other.CallAsync("exchange.info", "{}");
    }

    [Fact]
    public async Task The_account_channel_of_somebody_else_cannot_be_had()
    {
        await using var bob = await _showcase.ConnectAsync("bob");
        var reply = await bob.CommandAsync("subscribe", $$"""{"channel":"account:#{{await UserAsync("alice")}}"}""");
        Assert.Equal(103, reply.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("book:XRPUSDT")]
    [InlineData("trades:solusdt")]
    [InlineData("depth:XRPUSDT")]
    [InlineData("kline:SOLUSDT@2m")]
    public async Task An_unknown_symbol_or_interval_cannot_be_subscribed(string channel)
    {
        await using var client = await _showcase.ConnectAsync();
        var reply = await client.CommandAsync("subscribe", $$"""{"channel":"{{channel}}"}""");
        Assert.Contains(reply.GetProperty("error").GetProperty("code").GetInt32(), (int[])[400, 404]);
    }

    [Fact]
    public async Task Nobody_can_publish_into_the_market()
    {
        await using var bob = await _showcase.ConnectAsync("bob");
        await bob.SubscribeAsync("trades:SOLUSDT");
        var reply = await bob.CommandAsync("publish", """{"channel":"trades:SOLUSDT","data":{}}""");
        Assert.Equal(103, reply.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("{\"id\":7,\"rpc\":")]
    [InlineData("[]")]
    [InlineData("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"connect\":{}}")]
    public async Task A_malformed_command_ends_its_connection_with_3501_and_nothing_else(string text)
    {
        await using var watcher = await _showcase.ConnectAsync();
        await using var broken = await ProtocolClient.OpenAsync(_showcase.Http);
        await broken.SendAsync(text);
        Assert.Equal(3501, (int)(await broken.ClosedAsync()).CloseStatus!);
        await watcher.CallAsync("exchange.info", "{}");
    }

    private async Task<string> UserAsync(string name)
    {
        await using var client = await ProtocolClient.OpenAsync(_showcase.Http);
        var reply = await client.ConnectAsync(RunningShowcase.KeyOf(name));
        return reply.GetProperty("data").GetProperty("user").GetString()!;
    }
}

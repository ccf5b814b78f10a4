using Microsoft.Extensions.DependencyInjection;
using Showcase.Exchange.Streams;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Exchange.Streams;

/// <summary>The control messages of docs/protocol/binance.md, on the wire of a silent market.</summary>
public sealed class StreamRequestTests(StreamRequestTests.SilentMarket market) : IClassFixture<StreamRequestTests.SilentMarket>
{
    [Fact]
    public async Task Replies_echo_the_id_and_list_what_is_subscribed()
    {
        await using var raw = await OpenAsync("/ws");
        Assert.Equal("""{"result":null,"id":1}""", await raw.RequestAsync("""{"method":"SUBSCRIBE","params":["solusdt@trade","btcusdt@depth@100ms"],"id":1}"""));
        Assert.Equal("""{"result":["solusdt@trade","btcusdt@depth@100ms"],"id":"0c9a-F_x"}""", await raw.RequestAsync("""{"method":"LIST_SUBSCRIPTIONS","id":"0c9a-F_x"}"""));
        Assert.Equal("""{"result":null,"id":-9223372036854775808}""", await raw.RequestAsync("""{"method":"UNSUBSCRIBE","params":["solusdt@trade"],"id":-9223372036854775808}"""));
        Assert.Equal("""{"result":["btcusdt@depth@100ms"],"id":null}""", await raw.RequestAsync("""{"method":"LIST_SUBSCRIPTIONS"}"""));
    }

    [Theory]
    [InlineData("/ws", false)]
    [InlineData("/ws/", false)]
    [InlineData("/ws/0", false)]
    [InlineData("/stream", true)]
    [InlineData("/stream?streams=", true)]
    public async Task The_path_decides_about_the_property_and_a_request_changes_it(string path, bool isCombined)
    {
        await using var raw = await OpenAsync(path);
        Assert.Equal($$"""{"result":{{(isCombined ? "true" : "false")}},"id":2}""", await raw.RequestAsync("""{"method":"GET_PROPERTY","params":["combined"],"id":2}"""));
        Assert.Equal("""{"result":[],"id":3}""", await raw.RequestAsync("""{"method":"LIST_SUBSCRIPTIONS","params":[],"id":3}"""));
        Assert.Equal("""{"result":null,"id":4}""", await raw.RequestAsync("""{"method":"SET_PROPERTY","params":["combined",true],"id":4}"""));
        Assert.Equal("""{"result":true,"id":5}""", await raw.RequestAsync("""{"method":"GET_PROPERTY","params":["combined"],"id":5}"""));
    }

    [Theory]
    [InlineData("/ws/solusdt@trade/nosuch@depth/whatever", "\"solusdt@trade\",\"nosuch@depth\"")]
    [InlineData("/stream?timeUnit=microsecond&streams=solusdt@kline_1d@+08:00/solusdt@ticker", "\"solusdt@kline_1d@+08:00\",\"solusdt@ticker\"")]
    [InlineData("/stream?streams=solusdt%40kline_1d%40%2B08%3A00%2Fsolusdt%40ticker", "\"solusdt@kline_1d@+08:00\",\"solusdt@ticker\"")]
    public async Task The_address_names_streams_and_what_is_none_is_ignored(string path, string names)
    {
        await using var raw = await OpenAsync(path);
        Assert.Equal($$"""{"result":[{{names}}],"id":1}""", await raw.RequestAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}"""));
    }

    [Theory]
    [InlineData("""{"method":"SUBSCRIBE","params":["solusdt@trade"]""", 3, "null")]
    [InlineData("[1,2] 3", 3, "null")]
    [InlineData("hello", 3, "null")]
    [InlineData("[[[[[[[[[[]]]]]]]]]]", 3, "null")]
    [InlineData("[]", 2, "null")]
    [InlineData("""{"id":1}""", 2, "1")]
    [InlineData("""{"method":"FOO","id":1}""", 2, "1")]
    [InlineData("""{"method":5,"id":1}""", 2, "1")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","id":1.5}""", 2, "null")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","id":9223372036854775808}""", 2, "null")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","id":{}}""", 2, "null")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","id":"a b"}""", 2, "null")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","id":"1234567890123456789012345678901234567"}""", 2, "null")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","params":["x"],"id":1}""", 2, "1")]
    [InlineData("""{"method":"SUBSCRIBE","id":1}""", 2, "1")]
    [InlineData("""{"method":"SUBSCRIBE","params":"solusdt@trade","id":1}""", 2, "1")]
    [InlineData("""{"method":"SUBSCRIBE","params":[5],"id":1}""", 2, "1")]
    [InlineData("""{"method":"SUBSCRIBE","params":["solusdt@trade","solusdt"],"id":1}""", 2, "1")]
    [InlineData("""{"method":"SUBSCRIBE","params":["solusdt@kline_7m"],"id":1}""", 2, "1")]
    [InlineData("""{"method":"GET_PROPERTY","params":["foo"],"id":1}""", 0, "1")]
    [InlineData("""{"method":"GET_PROPERTY","params":[true],"id":1}""", 2, "1")]
    [InlineData("""{"method":"GET_PROPERTY","params":["combined",1],"id":1}""", 2, "1")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined","true"],"id":1}""", 1, "1")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined"],"id":1}""", 2, "1")]
    public async Task A_bad_request_has_a_code_and_changes_nothing(string request, int code, string id)
    {
        await using var raw = await OpenAsync("/ws");
        var reply = await raw.RequestAsync(request);
        Assert.StartsWith($$"""{"error":{"code":{{code}},"msg":""", reply, StringComparison.Ordinal);
        Assert.EndsWith($$"""},"id":{{id}}}""", reply, StringComparison.Ordinal);
        Assert.Equal("""{"result":[],"id":9}""", await raw.RequestAsync("""{"method":"LIST_SUBSCRIPTIONS","id":9}"""));
    }

    [Fact]
    public async Task A_connection_with_too_many_requests_is_closed_with_1008()
    {
        await using var limited = await StartAsync(static options => (options.RequestBurst, options.RequestsPerSecond) = (3, 1));
        await using var raw = await RawStream.OpenAsync(limited.Http, "/ws");
        for (var i = 0; i < 30; i++) await raw.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Equal((1008, "Too many requests"), await raw.ClosedAsync());
    }

    [Fact]
    public async Task Streams_beyond_the_limit_of_a_connection_are_refused_together()
    {
        await using var limited = await StartAsync(static options => options.MaxStreams = 2);
        await using var raw = await RawStream.OpenAsync(limited.Http, "/ws/solusdt@trade");
        Assert.StartsWith("""{"error":{"code":2,""", await raw.RequestAsync("""{"method":"SUBSCRIBE","params":["a@trade","b@trade"],"id":1}"""), StringComparison.Ordinal);
        Assert.Equal("""{"result":["solusdt@trade"],"id":2}""", await raw.RequestAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}"""));
    }

    [Fact]
    public async Task An_address_that_connects_too_often_is_refused()
    {
        await using var limited = await StartAsync(static options => options.AttemptsPerFiveMinutes = 2);
        await using var first = await RawStream.OpenAsync(limited.Http, "/ws");
        await using var second = await RawStream.OpenAsync(limited.Http, "/stream");
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => RawStream.OpenAsync(limited.Http, "/ws"));
    }

    [Fact]
    public async Task A_connection_ends_at_its_maximum_age()
    {
        await using var limited = await StartAsync(static options => options.MaxAge = TimeSpan.FromMilliseconds(100));
        await using var raw = await RawStream.OpenAsync(limited.Http, "/ws");
        Assert.Equal(1001, (await raw.ClosedAsync()).Code);
    }

    [Theory]
    [InlineData("/ws", "e E")]
    [InlineData("/stream", "stream data")]
    public async Task A_server_that_stops_sends_a_notice(string path, string keys)
    {
        await using var showcase = await RunningShowcase.StartAsync();
        await using var raw = await RawStream.OpenAsync(showcase.Http, path);
        await raw.RequestAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        var stopping = showcase.StopAsync();
        var notice = await raw.ReadAsync();
        Assert.Equal(keys, string.Join(' ', notice.EnumerateObject().Select(static member => member.Name)));
        if (path == "/stream") Assert.Equal("!serverShutdown", notice.GetProperty("stream").GetString());
        Assert.Equal(1001, (await raw.ClosedAsync()).Code);
        await stopping;
    }

    private Task<RawStream> OpenAsync(string path) => market.OpenAsync(path);

    private static Task<RunningShowcase> StartAsync(Action<StreamOptions> configure) =>
        RunningShowcase.StartAsync(configure: builder => builder.Services.Configure(configure));

    /// <summary>A showcase without simulated participants, whose connections may be many.</summary>
    public sealed class SilentMarket : IAsyncLifetime
    {
        private RunningShowcase _showcase = null!;

        public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync();

        public ValueTask DisposeAsync() => _showcase.DisposeAsync();

        internal Task<RawStream> OpenAsync(string path) => RawStream.OpenAsync(_showcase.Http, path);
    }
}

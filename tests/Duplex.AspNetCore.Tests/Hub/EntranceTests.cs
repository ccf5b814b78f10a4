using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Clients;
using Duplex.Protocol.Framing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.AspNetCore.Tests.Hub;

public sealed class EntranceTests
{
    private const string Connect = """{"id":1,"connect":{}}""";

    [Fact]
    public async Task Connections_over_the_rate_are_answered_with_503_on_every_transport()
    {
        await using var app = await HubApplication.StartAsync(services: static services => services
            .AddSingleton<TimeProvider>(new FakeTimeProvider())
            .AddDuplex().ConfigureTransports(static options => options.ConnectionRateLimit = 1));
        using var taken = await app.OpenAsync(new(HttpMethod.Post, "/connection/http_stream") { Content = HubApplication.Json(Connect) });
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        using var stream = await app.OpenAsync(new(HttpMethod.Post, "/connection/http_stream") { Content = HubApplication.Json(Connect) });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, stream.StatusCode);
        foreach (var uri in (Uri[])[app.WebSocket, new(app.WebSocket, "/connection/uni_websocket")])
        {
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(uri, HubApplication.Limit));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, socket.HttpStatusCode);
        }
    }

    [Fact]
    public void Rate_is_refilled_as_time_passes_and_not_beyond_a_second()
    {
        var time = new FakeTimeProvider();
        var rate = new ConnectionRate(2, time);

        Assert.Equal([true, true, false], [rate.TryTake(), rate.TryTake(), rate.TryTake()]);
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal([true, false], [rate.TryTake(), rate.TryTake()]);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, false], [rate.TryTake(), rate.TryTake(), rate.TryTake()]);
    }

    [Theory]
    [InlineData("cf_protocol=protobuf")]
    [InlineData("cf_protocol=Protobuf")]
    [InlineData("format=PROTOBUF")]
    public async Task Protobuf_is_spoken_whatever_the_case_in_which_the_query_asks_for_it(string query)
    {
        await using var app = await HubApplication.StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(app.WebSocket) { Query = query }.Uri, HubApplication.Limit);

        // A command of the id 1 with an empty connect request.
        await socket.SendAsync(new byte[] { 4, 8, 1, 34, 0 }, WebSocketMessageType.Binary, true, HubApplication.Limit);
        var reply = await socket.ReceiveAsync(new byte[1024], HubApplication.Limit);

        Assert.Equal(WebSocketMessageType.Binary, reply.MessageType);
    }

    [Fact]
    public async Task Proxy_names_the_user_in_a_header_and_no_token_is_needed()
    {
        await using var app = await HubApplication.StartAsync(
            static app => app.MapRpc("whoami", static (ClientContext client) => client.User),
            static services => services
                .AddDuplex(static options => options.AllowAnonymous = false)
                .ConfigureTransports(static options => options.UserIdHeader = "X-User-Id"));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-User-Id", "ann");
        await socket.ConnectAsync(app.WebSocket, HubApplication.Limit);
        await Send(socket, Connect);
        Assert.StartsWith("{\"id\":1,\"connect\"", await Receive(socket), StringComparison.Ordinal);

        await Send(socket, """{"id":2,"rpc":{"method":"whoami"}}""");

        Assert.Equal("""{"id":2,"rpc":{"data":"ann"}}""", await Receive(socket));
        using var stranger = new ClientWebSocket();
        await stranger.ConnectAsync(app.WebSocket, HubApplication.Limit);
        await Send(stranger, Connect);
        await Receive(stranger);
        Assert.Equal((WebSocketCloseStatus)3501, stranger.CloseStatus);
    }

    [Fact]
    public async Task Client_that_asks_for_it_is_pinged_by_the_WebSocket_and_not_by_the_protocol()
    {
        await using var app = await HubApplication.StartAsync(services: static services => services
            .AddDuplex(static options => (options.PingInterval, options.PongTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500))));
        using var client = await RawClient.UpgradeAsync(app.EndPoint, "/connection/websocket?cf_ws_frame_ping_pong=true");

        await client.SendFrameAsync(Opcode.Text, Encoding.UTF8.GetBytes(Connect));

        var reply = Encoding.UTF8.GetString((await client.ReadFrameAsync()).Payload);
        Assert.Contains("\"connect\"", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("\"ping\"", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("\"pong\"", reply, StringComparison.Ordinal);
        Assert.Equal(Opcode.Ping, (await client.ReadFrameAsync()).Opcode);
    }

    [Fact]
    public async Task Listener_is_pinged_by_the_protocol_and_by_the_WebSocket_whose_silence_ends_it()
    {
        await using var app = await HubApplication.StartAsync(services: static services => services
            .AddDuplex(static options => (options.PingInterval, options.PongTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500))));
        using var client = await RawClient.UpgradeAsync(app.EndPoint, "/connection/uni_websocket?cf_connect=%7B%7D");
        HashSet<string> seen = [];
        while (!seen.IsSupersetOf(["ping", "{}"]))
        {
            var (opcode, payload) = await client.ReadFrameAsync();
            seen.Add(opcode == Opcode.Ping ? "ping" : Encoding.UTF8.GetString(payload));
        }

        // No pong was sent, so the connection is dropped.
        Assert.True(await Record.ExceptionAsync(async () =>
        {
            while (true) await client.ReadFrameAsync();
        }) is EndOfStreamException or SocketException);
    }

    [Theory]
    [InlineData("POST", "/connection/http_stream")]
    [InlineData("GET", "/connection/sse?cf_connect=%7B%22id%22%3A1%2C%22connect%22%3A%7B%7D%7D")]
    [InlineData("POST", "/connection/uni_http_stream")]
    [InlineData("GET", "/connection/uni_sse")]
    [InlineData("POST", "/emulation")]
    public async Task Page_of_another_origin_is_refused_by_default_on_loopback_too_CVE_2026_44211(string method, string path)
    {
        await using var app = await HubApplication.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST") request.Content = HubApplication.Json(Connect);
        request.Headers.Add("Origin", "https://evil.example");

        using var response = await app.OpenAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/connection/websocket")]
    [InlineData("/connection/uni_websocket")]
    public async Task Page_of_another_origin_opens_no_WebSocket_by_default_CVE_2026_44211(string path)
    {
        await using var app = await HubApplication.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", "https://evil.example");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(app.WebSocket, path), HubApplication.Limit));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    private static Task Send(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, HubApplication.Limit);

    private static async Task<string> Receive(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, HubApplication.Limit);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}

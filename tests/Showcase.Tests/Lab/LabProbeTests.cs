using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace Showcase.Tests.Lab;

/// <summary>The experiments without a run: docs/protocol/lab.md, from outside.</summary>
public sealed class LabProbeTests : LabSession
{
    private const int MaxProbes = 128;

    [Theory]
    [InlineData("/lab/echo")]
    [InlineData("/lab/echo/deflate")]
    public async Task An_echo_returns_each_message_with_its_type(string path)
    {
        using var socket = await ConnectAsync(path);
        foreach (var type in (WebSocketMessageType[])[WebSocketMessageType.Text, WebSocketMessageType.Binary])
        {
            await socket.SendAsync("ping"u8.ToArray(), type, endOfMessage: true, Stop);
            var buffer = new byte[16];
            var received = await socket.ReceiveAsync(buffer, Stop);
            Assert.Equal((type, "ping"u8.ToArray()), (received.MessageType, buffer[..received.Count]), (one, other) => one.Item1 == other.Item1 && one.Item2.SequenceEqual(other.Item2));
        }
    }

    [Fact]
    public async Task An_echo_accepts_pages_of_its_own_host_from_any_port_and_no_others()
    {
        using (var own = await ConnectAsync("/lab/echo", "http://127.0.0.1:1234")) Assert.Equal(WebSocketState.Open, own.State);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("/lab/echo", "http://evil.example"));
    }

    [Fact]
    public async Task A_message_that_is_too_long_for_an_echo_closes_it_with_1009()
    {
        using var socket = await ConnectAsync("/lab/echo");
        await socket.SendAsync(new byte[16_385], WebSocketMessageType.Binary, endOfMessage: true, Stop);
        await socket.ReceiveAsync(new byte[16], Stop);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
    }

    [Fact]
    public async Task The_clock_streams_the_time()
    {
        using var stream = new StreamReader(await Http.GetStreamAsync("/lab/clock", Stop));
        var line = await stream.ReadLineAsync(Stop);
        Assert.StartsWith("data: ", line, StringComparison.Ordinal);
        Assert.InRange(long.Parse(line![6..], provider: null), 1, long.MaxValue);
    }

    [Fact]
    public async Task A_place_is_refused_when_all_are_taken_and_free_again_when_one_has_closed()
    {
        var sockets = new List<ClientWebSocket>();
        while (sockets.Count < MaxProbes) sockets.Add(await ConnectAsync("/lab/echo"));
        using (var refused = await Http.GetAsync("/lab/clock", HttpCompletionOption.ResponseHeadersRead, Stop))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("Too many streams", (await refused.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("/lab/echo"));
        await sockets[0].CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        HttpResponseMessage clock;
        while ((clock = await Http.GetAsync("/lab/clock", HttpCompletionOption.ResponseHeadersRead, Stop)).StatusCode != HttpStatusCode.OK) clock.Dispose();
        clock.Dispose();
        foreach (var socket in sockets) socket.Dispose();
    }

    [Fact]
    public async Task The_address_that_refuses_WebSockets_says_so()
    {
        using var response = await Http.GetAsync("/lab/refused", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(403, (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetInt32());
        Assert.Equal(403, Assert.IsType<int>(await StatusOfUpgradeAsync()));
    }

    private async Task<ClientWebSocket> ConnectAsync(string path, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new UriBuilder(Showcase.Http) { Scheme = "ws", Path = path }.Uri, Stop);
        return socket;
    }

    private async Task<int> StatusOfUpgradeAsync()
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(Showcase.Http) { Scheme = "ws", Path = "/lab/refused" }.Uri, Stop));
        return (int)socket.HttpStatusCode;
    }
}

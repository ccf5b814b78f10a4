using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Lines;

/// <summary>The captured bytes of a line, taken apart: docs/protocol/line.md, from outside.</summary>
public sealed class LineWireTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private RunningShowcase _showcase = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _showcase = await RunningShowcase.StartAsync();
        _http.BaseAddress = _showcase.Http;
    }

    public async ValueTask DisposeAsync()
    {
        await _showcase.DisposeAsync();
        _http.Dispose();
    }

    // RFC 6455 section 4.2.2 and section 5.2, on the bytes that passed.
    [Fact]
    public async Task The_wire_has_the_handshake_and_the_frames_of_both_directions()
    {
        var (id, port) = await OpenAsync();
        using var socket = await ConnectAsync(port, "lab/echo");
        await EchoAsync(socket, "Hello");

        var report = await ReportAsync(id, "");
        Assert.Equal("GET /lab/echo HTTP/1.1", report.GetProperty("request").GetProperty("lines")[0].GetProperty("value").GetString());
        var accept = report.GetProperty("accept");
#pragma warning disable CA5350 // The hash that RFC 6455 requires; it guards nothing.
        var hash = SHA1.HashData(Encoding.ASCII.GetBytes(accept.GetProperty("key").GetString() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
        Assert.Equal(Convert.ToBase64String(hash), accept.GetProperty("received").GetString());
        Assert.Equal(Convert.ToHexStringLower(hash), accept.GetProperty("sha1").GetString());

        var (sent, echo) = (FramesOf(report, "up").Single(), FramesOf(report, "down").Single());
        Assert.Equal(("Text", true), (sent.GetProperty("opcode").GetString(), sent.GetProperty("isFinal").GetBoolean()));
        var masked = report.GetProperty("up").GetProperty("bytes").GetBytesFromBase64()[^5..];
        var key = Convert.FromHexString(sent.GetProperty("maskingKey").GetString()!);
        Assert.Equal("Hello", Encoding.UTF8.GetString([.. masked.Select((value, index) => (byte)(value ^ key[index % 4]))]));
        Assert.Equal("Hello", TextOf(sent));
        Assert.Equal("Hello", TextOf(echo));
        Assert.Equal(JsonValueKind.Null, echo.GetProperty("maskingKey").ValueKind);
    }

    [Fact]
    public async Task A_reading_continues_where_the_last_one_ended_and_shows_the_close_after_the_end()
    {
        var (id, port) = await OpenAsync();
        using var socket = await ConnectAsync(port, "lab/echo");
        await EchoAsync(socket, "first");
        var first = await ReportAsync(id, "");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Stop);

        var second = await ReportAsync(id, $"?up={NextOf(first, "up")}&down={NextOf(first, "down")}");
        foreach (var direction in (string[])["up", "down"])
        {
            var close = Assert.Single(FramesOf(second, direction));
            Assert.Equal(("Close", 1000), (close.GetProperty("opcode").GetString(), close.GetProperty("closeCode").GetInt32()));
        }

        Assert.Equal("done", FramesOf(second, "up").Single().GetProperty("closeReason").GetString());
    }

    [Fact]
    public async Task Bytes_that_newer_ones_have_replaced_are_reported_as_overwritten()
    {
        var (id, port) = await OpenAsync();
        using var socket = await ConnectAsync(port, "lab/echo");
        await EchoAsync(socket, new string('a', 3000));
        var next = await ReportAsync(id, "");
        await EchoAsync(socket, new string('b', 3000));

        var lost = await ReportAsync(id, "");
        Assert.True(lost.GetProperty("up").GetProperty("isOverwritten").GetBoolean());
        Assert.Equal(JsonValueKind.Null, lost.GetProperty("request").ValueKind);
        var read = await ReportAsync(id, $"?up={NextOf(next, "up")}&down={NextOf(next, "down")}");
        Assert.Equal((16, 3000), (FramesOf(read, "up").Single().GetProperty("lengthBits").GetInt32(), TextOf(FramesOf(read, "up").Single()).Length));
    }

    [Fact]
    public async Task A_line_without_a_connection_and_a_line_that_does_not_exist_have_no_wire()
    {
        var (id, port) = await OpenAsync();
        await RefusedAsync($"/lines/{id}/wire", 404, "No connection was opened on this line.");
        await RefusedAsync($"/lines/{port}/wire", 404, "There is no such line");
        await RefusedAsync("/lines/none/wire", 404, "There is no such line");
    }

    [Theory]
    [InlineData("up=-1", "up")]
    [InlineData("up=x", "up")]
    [InlineData("up=", "up")]
    [InlineData("down=99999999999999999999", "down")]
    [InlineData("down=1000000", "down")]
    public async Task A_position_out_of_range_is_refused(string query, string name)
    {
        var (id, port) = await OpenAsync();
        using var socket = await ConnectAsync(port, "lab/echo");
        await RefusedAsync($"/lines/{id}/wire?{query}", 400, $"{name} is out of range: 0 to ");
    }

    [Fact]
    public async Task An_upgrade_that_is_refused_has_the_response_on_the_wire()
    {
        var (id, port) = await OpenAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(port, "lab/refused"));
        var report = await ReportAsync(id, "");
        Assert.Equal("HTTP/1.1 403 Forbidden", report.GetProperty("response").GetProperty("lines")[0].GetProperty("value").GetString());
        Assert.Empty(FramesOf(report, "down"));
    }

    private static JsonElement.ArrayEnumerator FramesOf(JsonElement report, string direction) => report.GetProperty(direction).GetProperty("frames").EnumerateArray();

    private static long NextOf(JsonElement report, string direction) => report.GetProperty(direction).GetProperty("next").GetInt64();

    private static string TextOf(JsonElement frame) => Encoding.UTF8.GetString(frame.GetProperty("payload").GetBytesFromBase64());

    private static async Task<ClientWebSocket> ConnectAsync(int port, string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/{path}"), Stop);
        return socket;
    }

    private static async Task EchoAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Stop);
        var buffer = new byte[text.Length];
        var count = 0;
        while (count < text.Length) count += (await socket.ReceiveAsync(buffer.AsMemory(count), Stop)).Count;
        Assert.Equal(text, Encoding.UTF8.GetString(buffer));
    }

    private Task<JsonElement> ReportAsync(string id, string query) => _http.GetFromJsonAsync<JsonElement>($"/lines/{id}/wire{query}", Stop);

    private async Task RefusedAsync(string path, int code, string message)
    {
        using var response = await _http.GetAsync(path, Stop);
        var refusal = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((code, code), ((int)response.StatusCode, refusal.GetProperty("code").GetInt32()));
        Assert.StartsWith(message, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task<(string Id, int Port)> OpenAsync()
    {
        using var response = await _http.PostAsJsonAsync("/lines", new { }, Stop);
        var opened = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (opened.GetProperty("id").GetString()!, opened.GetProperty("port").GetInt32());
    }
}

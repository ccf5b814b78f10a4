using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Lines;

/// <summary>docs/protocol/line.md, from outside.</summary>
public sealed class LineEndpointTests : IAsyncLifetime
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

    [Fact]
    public async Task A_page_connects_through_its_line_with_the_origin_of_the_server()
    {
        var (id, port) = await OpenAsync("""{"bytesPerSecond":200000,"delayMs":5,"jitterMs":5}""");
        using var socket = await ConnectAsync(port, _showcase.Http.GetLeftPart(UriPartial.Authority));
        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"id":1,"connect":{}}"""), WebSocketMessageType.Text, endOfMessage: true, Stop);
        var received = await socket.ReceiveAsync(new byte[4096], Stop);
        Assert.True(received.EndOfMessage);

        using var counts = await CountsAsync(id);
        Assert.Equal(1, counts.RootElement.GetProperty("open").GetInt32());
        Assert.InRange(counts.RootElement.GetProperty("up").GetProperty("sent").GetInt64(), 100, 2000);
        Assert.InRange(counts.RootElement.GetProperty("down").GetProperty("delivered").GetInt64(), received.Count + 100, 2000);
    }

    [Fact]
    public async Task A_page_of_another_host_is_refused_through_a_line_too()
    {
        var (_, port) = await OpenAsync("{}");
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(port, "http://evil.example"));
    }

    [Fact]
    public async Task A_line_is_cut_restored_and_closed()
    {
        var (id, port) = await OpenAsync("{}");
        using (var socket = await ConnectAsync(port))
        {
            Assert.Equal(HttpStatusCode.OK, await PutAsync(id, """{"state":"cut"}"""));
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(new byte[1], Stop));
            await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(port));
        }

        Assert.Equal(HttpStatusCode.OK, await PutAsync(id, """{"state":"open"}"""));
        using (var socket = await ConnectAsync(port)) Assert.Equal(WebSocketState.Open, socket.State);
        using (var closed = await _http.DeleteAsync($"/lines/{id}", Stop)) Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(port));
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(id, "{}"));
        using var again = await _http.DeleteAsync($"/lines/{id}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [InlineData("", "must be an object")]
    [InlineData("null", "must be an object")]
    [InlineData("[]", "must be an object")]
    [InlineData("""{"bytesPerSecond":"fast"}""", "must be an object")]
    [InlineData("""{"bytesPerSecond":499}""", "bytesPerSecond is out of range: 500 to 100000000.")]
    [InlineData("""{"delayMs":-1}""", "delayMs is out of range: 0 to 5000.")]
    [InlineData("""{"jitterMs":5001}""", "jitterMs is out of range: 0 to 5000.")]
    [InlineData("""{"state":"broken"}""", "the state open, silent or cut")]
    [InlineData("""{"state":2}""", "the state open, silent or cut")]
    public async Task A_bad_request_is_explained_and_opens_nothing(string body, string message)
    {
        using var response = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, await MessageAsync(response, 400), StringComparison.Ordinal);
    }

    // Browsers send JSON to another origin only after a preflight request, which is not answered.
    [Fact]
    public async Task Pages_of_other_origins_cannot_open_lines()
    {
        using var body = new StringContent("{}", Encoding.UTF8, "text/plain");
        using var response = await _http.PostAsync("/lines", body, Stop);
        Assert.Contains("content type", await MessageAsync(response, 400), StringComparison.Ordinal);

        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/lines");
        preflight.Headers.Add("Origin", "http://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await _http.SendAsync(preflight, Stop);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("showcase.lan:8080")]
    [InlineData("[::1]")]
    public async Task A_page_under_another_name_has_no_lines(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/lines") { Content = Json("{}") };
        request.Headers.Host = host;
        using var response = await _http.SendAsync(request, Stop);
        Assert.Contains("localhost or 127.0.0.1", await MessageAsync(response, 403), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_17th_line_of_a_person_is_refused_and_another_person_opens_one()
    {
        for (var number = 1; number <= 16; number++) await OpenAsync("""{"key":"ada"}""");
        using var refused = await PostAsync("""{"key":"ada"}""");
        Assert.Contains("You have 16 lines", await MessageAsync(refused, 429), StringComparison.Ordinal);
        await OpenAsync("""{"key":"bob"}""");
    }

    [Theory]
    [InlineData("localhost:8080", "connect-src 'self' http://localhost:* ws://localhost:*;")]
    [InlineData("127.0.0.1", "connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*;")]
    [InlineData("demo.example", "connect-src 'self';")]
    [InlineData("localhost.evil.example", "connect-src 'self';")]
    public async Task The_policy_of_a_page_on_this_machine_alone_admits_lines(string host, string policy)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.Host = host;
        using var response = await _http.SendAsync(request, Stop);
        Assert.Contains(policy, response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<string> MessageAsync(HttpResponseMessage response, int code)
    {
        var error = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(code, (int)response.StatusCode);
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        return error.GetProperty("message").GetString()!;
    }

    private static async Task<ClientWebSocket> ConnectAsync(int port, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/connection/websocket"), Stop);
        return socket;
    }

    private Task<HttpResponseMessage> PostAsync(string body) => _http.PostAsync("/lines", Json(body), Stop);

    private async Task<HttpStatusCode> PutAsync(string id, string body)
    {
        using var response = await _http.PutAsync($"/lines/{id}", Json(body), Stop);
        return response.StatusCode;
    }

    private async Task<(string Id, int Port)> OpenAsync(string body)
    {
        using var response = await PostAsync(body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var opened = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (opened.GetProperty("id").GetString()!, opened.GetProperty("port").GetInt32());
    }

    private async Task<JsonDocument> CountsAsync(string id) => JsonDocument.Parse(await _http.GetStringAsync($"/lines/{id}", Stop));
}

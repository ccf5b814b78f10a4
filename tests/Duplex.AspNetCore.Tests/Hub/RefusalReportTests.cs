using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>Whoever is refused finds the reason in the log, and in development at the client too.</summary>
public sealed class RefusalReportTests : IDisposable
{
    private const string Sentence = "The client has no token: send one, map OnConnect, or set AllowAnonymous.";

    private readonly DuplexLog _log = new();

    // The first steps with the README: the hub as it stands there, the plain client of the platform, and no token.
    [Theory]
    [InlineData("Development", $"bad request: {Sentence}")]
    [InlineData("Production", "bad request")]
    public async Task First_connect_without_a_token_is_explained_in_the_log_and_in_development_in_the_close_reason(string environment, string reason)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddDuplex()
            .AddNamespace("chat", static ns =>
            {
                ns.HistorySize = 200;
                ns.HistoryTtl = TimeSpan.FromHours(24);
                ns.Presence = true;
                ns.Recovery = true;
            });
        await using var app = builder.Build();
        app.MapDuplex();
        await app.StartAsync(HubApplication.Limit);

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(app.Urls.First()) { Scheme = "ws", Path = "/connection/websocket" }.Uri, HubApplication.Limit);
        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"id":1,"connect":{}}"""), WebSocketMessageType.Text, true, HubApplication.Limit);
        var result = await socket.ReceiveAsync(new byte[1024], HubApplication.Limit);

        Assert.Equal((3501, reason), ((int)result.CloseStatus!, result.CloseStatusDescription));
        var entry = Assert.Single(_log.Entries, static entry => entry.Id is 1206 or 1207);
        Assert.Equal(LogLevel.Information, entry.Level);
        Assert.Contains($"refused 'connect' of client ", entry.Text, StringComparison.Ordinal);
        Assert.Contains($"with 3501 'bad request': {Sentence}", entry.Text, StringComparison.Ordinal);
        await app.StopAsync(HubApplication.Limit);
    }

    [Theory]
    [InlineData("POST", "/api/info", "{}", "", 401, 1310, "the API key is missing or wrong")]
    [InlineData("GET", "/api/info", "", "", 405, 1310, "methods are called with POST")]
    [InlineData("POST", "/api/a/b", "{}", "X-API-Key: secret", 404, 1310, "method not found")]
    [InlineData("POST", "/api/publish", "nonsense", "X-API-Key: secret", 400, 1310, "bad request: ")]
    [InlineData("POST", "/api/none", "{}", "X-API-Key: secret", 200, 1301, "refused with 104: method not found")]
    [InlineData("POST", "/api/publish", """{"channel":"none:a","data":1}""", "X-API-Key: secret", 200, 1301, "refused with 102: unknown channel")]
    [InlineData("POST", "/open/info", "{}", "Origin: https://evil.example", 403, 1310, "accepts no requests from web pages")]
    [InlineData("POST", "/open/info", "{}", "Host: evil.example", 403, 1310, "AllowedHosts")]
    [InlineData("POST", "/connection/http_stream", "{}", "Origin: https://evil.example", 403, 1310, "Origin https://evil.example is neither that of host")]
    [InlineData("GET", "/connection/sse", "", "Sec-Fetch-Site: cross-site", 403, 1310, "A page of another site sent the request")]
    [InlineData("GET", "/connection/sse", "", "Sec-Fetch-Mode: navigate", 403, 1310, "The request is a navigation")]
    [InlineData("GET", "/connection/sse?cf_connect=nonsense", "", "", 400, 1310, "cf_connect does not contain exactly one connect command")]
    [InlineData("POST", "/emulation", "nonsense", "", 400, 1310, "The body is malformed at byte ")]
    [InlineData("POST", "/emulation", """{"session":"s","node":"other","data":""}""", "", 404, 1310, "route the requests of a client to one node")]
    [InlineData("GET", "/connection/websocket", "", "", 426, 1004, "A proxy in front must pass on the fields Upgrade and Connection")]
    public async Task Request_that_is_refused_leaves_one_line_with_status_and_reason(
        string method, string path, string body, string field, int status, int id, string reason)
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body.Length > 0) request.Content = HubApplication.Json(body);
        if (field.Length > 0) request.Headers.TryAddWithoutValidation(field.Split(": ")[0], field.Split(": ")[1]);

        using var response = await app.OpenAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        var entry = Assert.Single(_log.Entries, static entry => entry.Id is >= 1000 and not (>= 1100 and < 1200));
        Assert.Equal(id, entry.Id);
        Assert.Contains(reason, entry.Text, StringComparison.Ordinal);
        if (status != 200) Assert.Contains($"was refused with {status}: ", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_beyond_the_limit_leaves_a_line()
    {
        await using var app = await StartAsync();

        using var response = await app.PostAsync("/connection/http_stream", new string('x', 70_000));

        Assert.Equal(413, (int)response.StatusCode);
        Assert.Contains("with 413: The body has more than 65536 bytes", Assert.Single(_log.Entries, static entry => entry.Id == 1310).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_type_of_a_form_leaves_a_line()
    {
        await using var app = await StartAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");

        using var response = await app.Http.PostAsync("/open/info", content, HubApplication.Limit);

        Assert.Equal(415, (int)response.StatusCode);
        Assert.Contains("with 415: ", Assert.Single(_log.Entries, static entry => entry.Id == 1310).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_and_stream_above_the_rate_leave_a_line_each_and_more_are_counted()
    {
        await using var app = await StartAsync(static services => services
            .AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider())
            .AddDuplex().ConfigureTransports(static options => options.ConnectionRateLimit = 1));
        using var taken = await app.OpenAsync(new(HttpMethod.Post, "/connection/http_stream") { Content = HubApplication.Json("""{"id":1,"connect":{}}""") });

        for (var i = 0; i < 2; i++)
        {
            using var stream = await app.PostAsync("/connection/http_stream", "{}");
            using var socket = new ClientWebSocket();
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(app.WebSocket, HubApplication.Limit));
        }

        var refused = _log.Entries.Where(static entry => entry.Text.Contains("with 503: ", StringComparison.Ordinal)).ToLookup(static entry => entry.Id);
        Assert.Equal([LogLevel.Information, LogLevel.Debug], refused[1310].Select(static entry => entry.Level));
        Assert.Equal([LogLevel.Information, LogLevel.Debug], refused[1004].Select(static entry => entry.Level));
        Assert.All(refused.SelectMany(static entries => entries), static entry => Assert.Contains("Raise ConnectionRateLimit", entry.Text, StringComparison.Ordinal));
    }

    public void Dispose() => _log.Dispose();

    private Task<HubApplication> StartAsync(Action<IServiceCollection>? services = null) => HubApplication.StartAsync(
        services: collection =>
        {
            collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log));
            services?.Invoke(collection);
        },
        map: static app => app.MapDuplexApi(static options => options.IsInsecure = true, "/open"));
}

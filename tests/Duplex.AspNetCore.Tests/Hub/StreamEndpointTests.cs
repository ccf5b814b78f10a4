using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

public sealed class StreamEndpointTests
{
    private const string Connect = """{"id":1,"connect":{}}""";

    [Fact]
    public async Task Http_stream_answers_connect_with_session_and_node_and_takes_commands_at_emulation()
    {
        await using var app = await HubApplication.StartAsync();
        using var response = await app.OpenAsync(new(HttpMethod.Post, "/connection/http_stream") { Content = HubApplication.Json(Connect) });
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(HubApplication.Limit));
        var (session, node) = SessionOf(await lines.ReadLineAsync(HubApplication.Limit));

        using var sent = await app.PostAsync("/emulation", Emulation(session, node, """{"id":2,"subscribe":{"channel":"news:a"}}"""));

        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        Assert.StartsWith("{\"id\":2,\"subscribe\":{", await lines.ReadLineAsync(HubApplication.Limit), StringComparison.Ordinal);
        await app.Hub.PublishAsync("news:a", "7"u8.ToArray(), cancellationToken: HubApplication.Limit);
        Assert.StartsWith("{\"push\":{\"channel\":\"news:a\",\"pub\":{\"data\":7", await lines.ReadLineAsync(HubApplication.Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_stream_starts_with_an_empty_line_and_holds_one_event_per_message()
    {
        await using var app = await HubApplication.StartAsync();
        using var response = await app.OpenAsync(new(HttpMethod.Get, $"/connection/sse?cf_connect={Uri.EscapeDataString(Connect)}"));
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(HubApplication.Limit));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("", await lines.ReadLineAsync(HubApplication.Limit));
        Assert.StartsWith("data: {\"id\":1,\"connect\":{", await lines.ReadLineAsync(HubApplication.Limit), StringComparison.Ordinal);
        Assert.Equal("", await lines.ReadLineAsync(HubApplication.Limit));
    }

    [Fact]
    public async Task Stream_that_starts_with_a_bad_command_ends_with_a_disconnect_push()
    {
        await using var app = await HubApplication.StartAsync();

        using var response = await app.PostAsync("/connection/http_stream", """{"id":1,"subscribe":{"channel":"news:a"}}""");

        Assert.Equal("{\"push\":{\"disconnect\":{\"code\":3501,\"reason\":\"bad request\"}}}\n", await response.Content.ReadAsStringAsync(HubApplication.Limit));
    }

    [Theory]
    [InlineData("/connection/uni_http_stream", "POST", "")]
    [InlineData("/connection/uni_sse", "POST", "data: ")]
    public async Task One_way_client_is_told_of_its_connection_and_gets_the_channels_it_may_have(string path, string method, string prefix)
    {
        await using var app = await HubApplication.StartAsync();
        using var response = await app.OpenAsync(new(new HttpMethod(method), path) { Content = HubApplication.Json("""{"subs":{"news:a":{},"other:b":{}}}""") });
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(HubApplication.Limit));

        var connect = await NextAsync(lines);
        Assert.StartsWith(prefix + "{\"connect\":{", connect, StringComparison.Ordinal);
        Assert.Contains("\"subs\":{\"news:a\":{", connect, StringComparison.Ordinal);
        Assert.DoesNotContain("other:b", connect, StringComparison.Ordinal);
        await app.Hub.PublishAsync("news:a", "7"u8.ToArray(), cancellationToken: HubApplication.Limit);
        Assert.StartsWith(prefix + "{\"channel\":\"news:a\",\"pub\":{\"data\":7", await NextAsync(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emulation_answers_404_to_another_node_204_to_an_unknown_session_and_400_to_nonsense()
    {
        await using var app = await HubApplication.StartAsync();
        using var response = await app.OpenAsync(new(HttpMethod.Post, "/connection/http_stream") { Content = HubApplication.Json(Connect) });
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(HubApplication.Limit));
        var (_, node) = SessionOf(await lines.ReadLineAsync(HubApplication.Limit));

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, Emulation("s", "another", "{}")));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(app, Emulation("unknown", node, "{}")));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(app, "nonsense"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync(app, new string('x', 70_000)));
    }

    [Fact]
    public async Task Get_without_a_connect_command_is_a_bad_request_and_a_wrong_method_is_405()
    {
        await using var app = await HubApplication.StartAsync();

        using var noCommand = await app.Http.GetAsync("/connection/sse", HubApplication.Limit);
        using var wrongMethod = await app.Http.GetAsync("/connection/http_stream", HubApplication.Limit);

        Assert.Equal(HttpStatusCode.BadRequest, noCommand.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrongMethod.StatusCode);
    }

    [Theory]
    [InlineData("https://example.org", HttpStatusCode.NoContent)]
    [InlineData("https://evil.example.org", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Preflight_is_answered_for_allowed_origins_only(string origin, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync(services: static services =>
            services.AddDuplex().ConfigureTransports(static options => options.AllowedOrigins.Add("https://example.org")));
        using var request = new HttpRequestMessage(HttpMethod.Options, "/emulation");
        request.Headers.Add("Origin", origin);

        using var response = await app.Http.SendAsync(request, HubApplication.Limit);

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.NoContent) Assert.Equal(origin, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Stream_ends_with_3001_when_the_server_stops()
    {
        await using var app = await HubApplication.StartAsync();
        using var response = await app.OpenAsync(new(HttpMethod.Post, "/connection/http_stream") { Content = HubApplication.Json(Connect) });
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(HubApplication.Limit));
        await lines.ReadLineAsync(HubApplication.Limit);

        await app.StopAsync(HubApplication.Limit);

        Assert.Equal("""{"push":{"disconnect":{"code":3001,"reason":"shutdown","reconnect":true}}}""", await lines.ReadLineAsync(HubApplication.Limit));
        Assert.Null(await lines.ReadLineAsync(HubApplication.Limit));
    }

    private static string Emulation(string session, string node, string data) =>
        JsonSerializer.Serialize(new { session, node, data });

    private static async Task<HttpStatusCode> StatusAsync(HubApplication app, string body)
    {
        using var response = await app.PostAsync("/emulation", body);
        return response.StatusCode;
    }

    private static (string Session, string Node) SessionOf(string? line)
    {
        using var json = JsonDocument.Parse(line!);
        var connect = json.RootElement.GetProperty("connect");
        return (connect.GetProperty("session").GetString()!, connect.GetProperty("node").GetString()!);
    }

    private static async Task<string> NextAsync(StreamReader lines)
    {
        string? line;
        do line = await lines.ReadLineAsync(HubApplication.Limit);
        while (line is "");
        return line!;
    }
}

using System.Net;
using System.Net.WebSockets;
using Duplex.AspNetCore.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>What web pages of other sites can make a visitor's browser do at the HTTP endpoints: nothing.</summary>
public sealed class CrossSiteTests
{
    private const string Connect = """{"id":1,"connect":{}}""";
    private const string Rpc = """{"id":2,"rpc":{"method":"transfer"}}""";

    [Theory]
    [InlineData("cross-site", "navigate", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "no-cors", HttpStatusCode.Forbidden)]
    [InlineData("same-site", "no-cors", HttpStatusCode.Forbidden)]
    [InlineData("same-site", "cors", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", "navigate", HttpStatusCode.Forbidden)]
    [InlineData("none", "navigate", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", "no-cors", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", "cors", HttpStatusCode.OK)]
    [InlineData("same-origin", "same-origin", HttpStatusCode.OK)]
    [InlineData(null, null, HttpStatusCode.OK)]
    public async Task Get_without_an_Origin_is_judged_by_what_the_browser_says_of_its_site_and_purpose(string? site, string? mode, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync();
        foreach (var path in (string[])["/connection/sse", "/connection/uni_sse"])
        {
            using var request = Get($"{path}?cf_connect={Uri.EscapeDataString(path.Contains("uni", StringComparison.Ordinal) ? "{}" : Connect)}", site, mode);

            using var response = await app.OpenAsync(request);

            Assert.Equal(status, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/connection/http_stream")]
    [InlineData("/connection/sse")]
    [InlineData("/connection/uni_sse")]
    [InlineData("/connection/uni_http_stream")]
    [InlineData("/emulation")]
    public async Task Post_of_another_site_without_an_Origin_is_refused(string path)
    {
        await using var app = await HubApplication.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = HubApplication.Json(Connect) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await app.OpenAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Event_source_of_an_allowed_origin_is_let_in_from_another_site()
    {
        await using var app = await HubApplication.StartAsync(services: static services =>
            services.AddDuplex().ConfigureTransports(static options => options.AllowedOrigins.Add("https://example.org")));
        using var request = Get("/connection/uni_sse", "cross-site", "cors");
        request.Headers.Add("Origin", "https://example.org");

        using var response = await app.OpenAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("true", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Credentials")));
    }

    [Theory]
    [InlineData(Connect + "\n" + Rpc)]
    [InlineData(Rpc)]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Get_takes_a_connect_command_and_nothing_else(string commands)
    {
        var called = false;
        await using var app = await HubApplication.StartAsync(app => app.MapRpc("transfer", () => { called = true; }));

        using var response = await app.OpenAsync(new(HttpMethod.Get, $"/connection/sse?cf_connect={Uri.EscapeDataString(commands)}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(called);
    }

    [Theory]
    [InlineData("/connection/uni_sse", "GET")]
    [InlineData("/emulation", "OPTIONS")]
    public async Task Pages_that_only_the_asterisk_lets_in_do_not_read_answers_fetched_with_cookies(string path, string method)
    {
        await using var app = await HubApplication.StartAsync(services: static services => services.AddDuplex().ConfigureTransports(static options =>
        {
            options.AllowedOrigins.Add("*");
            options.AllowedOrigins.Add("https://example.org");
        }));

        using var any = await SendAsync("https://evil.example");
        Assert.Equal("*", Assert.Single(any.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(any.Headers.Contains("Access-Control-Allow-Credentials"));
        using var chosen = await SendAsync("https://example.org");
        Assert.Equal("https://example.org", Assert.Single(chosen.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.True(chosen.Headers.Contains("Access-Control-Allow-Credentials"));

        async Task<HttpResponseMessage> SendAsync(string origin)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Origin", origin);
            return await app.OpenAsync(request);
        }
    }

    [Theory]
    [InlineData("xn--a")]
    [InlineData("xn--.example.org")]
    public async Task Host_that_is_no_name_is_compared_and_not_decoded(string host)
    {
        await using var app = await HubApplication.StartAsync();
        using var request = Get("/connection/uni_sse", null, null);
        request.Headers.Host = host;
        request.Headers.Add("Origin", "https://evil.example");

        using var response = await app.OpenAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Preflight_does_not_return_header_names_that_are_none()
    {
        await using var app = await HubApplication.StartAsync(services: static services =>
            services.AddDuplex().ConfigureTransports(static options => options.AllowedOrigins.Add("*")));
        using var client = await RawClient.ConnectAsync(app.EndPoint);

        await client.SendAsync("OPTIONS /emulation HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\nAccess-Control-Request-Headers: a\u00c3\u00a9\r\n\r\n");

        var head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 204", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Allow-Headers", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("evil.example:8000", "https://evil.example:8000", HttpStatusCode.Forbidden)]
    [InlineData("evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("localhost:8000", "http://localhost:8000", HttpStatusCode.OK)]
    [InlineData("192.168.1.5:8000", "http://192.168.1.5:8000", HttpStatusCode.OK)]
    [InlineData("[fd00::1]", "http://[fd00::1]", HttpStatusCode.OK)]
    [InlineData("duplex:8000", null, HttpStatusCode.OK)]
    public async Task Page_whose_name_was_bound_to_an_insecure_server_is_refused_on_streams(string host, string? origin, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync(services: static services => services.AddDuplex(static options => options.IsInsecure = true));
        using var request = Get("/connection/uni_sse", null, null);
        request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);

        using var response = await app.OpenAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("evil.example", "https://evil.example", false, HttpStatusCode.Forbidden)]
    [InlineData("evil.example", null, false, HttpStatusCode.SwitchingProtocols)]
    [InlineData("127.0.0.1", "http://127.0.0.1", false, HttpStatusCode.SwitchingProtocols)]
    [InlineData("app.example", "https://app.example", true, HttpStatusCode.SwitchingProtocols)]
    public async Task Page_whose_name_was_bound_to_an_insecure_server_opens_no_WebSocket(string host, string? origin, bool isFiltered, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync(services: services =>
        {
            services.AddDuplex(static options => options.IsInsecure = true);
            if (isFiltered) services.Configure<HostFilteringOptions>(static options => options.AllowedHosts = ["app.example", "127.0.0.1"]);
        });
        foreach (var path in (string[])["/connection/websocket", "/connection/uni_websocket"])
        {
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader("Host", host);
            if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
            var connecting = socket.ConnectAsync(new Uri(app.WebSocket, path), HubApplication.Limit);
            if (status == HttpStatusCode.SwitchingProtocols) await connecting;
            else await Assert.ThrowsAsync<WebSocketException>(() => connecting);

            Assert.Equal(status, socket.HttpStatusCode);
        }
    }

    [Theory]
    [InlineData("self")]
    [InlineData("self:*")]
    public async Task Own_pages_that_a_list_allows_are_checked_by_name_too_on_an_insecure_server(string entry)
    {
        await using var app = await HubApplication.StartAsync(services: services =>
        {
            services.AddDuplex(static options => options.IsInsecure = true);
            services.Configure<TransportOptions>(transports => transports.AllowedOrigins.Add(entry));
        });
        using var request = Get("/connection/uni_sse", null, null);
        request.Headers.Host = "evil.example";
        request.Headers.Add("Origin", "http://evil.example");
        using var response = await app.OpenAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);

        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Host", "evil.example");
        socket.Options.SetRequestHeader("Origin", "http://evil.example");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(app.WebSocket, "/connection/websocket"), HubApplication.Limit));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    private static HttpRequestMessage Get(string target, string? site, string? mode)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (mode is not null) request.Headers.Add("Sec-Fetch-Mode", mode);
        return request;
    }
}

using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Duplex.AspNetCore.Tests.WebSockets;
using Duplex.EventLoop.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Duplex.AspNetCore.Tests.Application;

/// <summary>The endpoints of MapDuplex are endpoints like all others: groups, prefixes and conventions apply to each of them, on Kestrel and on loops.</summary>
public sealed class HubMappingTests
{
    private const string Strangers = "https://elsewhere.example";

    public static TheoryData<EventLoopBackEnd> BackEnds => [EventLoopBackEnd.None, EventLoopBackEnd.Epoll];

    [Theory, MemberData(nameof(BackEnds))]
    public async Task Prefixes_of_the_group_and_of_the_call_precede_every_path(EventLoopBackEnd backEnd)
    {
        await using var app = await StartAsync(backEnd, static app => app.MapGroup("/realtime").MapDuplex("/v1"));
        using var http = Http(app);

        foreach (var (path, method) in Endpoints)
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, method, path));
            Assert.NotEqual(HttpStatusCode.NotFound, await StatusAsync(http, method, "/realtime/v1" + path));
        }

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(app.WebSocketAddress("/realtime/v1/connection/websocket"), EchoApplication.Limit);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory, MemberData(nameof(BackEnds))]
    public async Task Authorization_of_the_builder_and_of_its_group_holds_at_every_endpoint_but_for_preflights(EventLoopBackEnd backEnd)
    {
        await using var app = await StartAsync(
            backEnd,
            static app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapDuplex().RequireAuthorization();
            },
            static services => services.AddAuthorization().AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderScheme>("test", null));
        using var http = Http(app);

        foreach (var (path, method) in Endpoints)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, method, path));
            Assert.NotEqual(HttpStatusCode.Unauthorized, await StatusAsync(http, method, path, ("X-User", "ann")));
        }

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(http, HttpMethod.Options, "/emulation"));
        using var stranger = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => stranger.ConnectAsync(app.WebSocketAddress("/connection/websocket"), EchoApplication.Limit));
        using var ann = new ClientWebSocket();
        ann.Options.SetRequestHeader("X-User", "ann");
        await ann.ConnectAsync(app.WebSocketAddress("/connection/websocket"), EchoApplication.Limit);
        Assert.Equal(WebSocketState.Open, ann.State);
    }

    [Theory, MemberData(nameof(BackEnds))]
    public async Task Hosts_of_the_builder_hold_at_every_endpoint(EventLoopBackEnd backEnd)
    {
        await using var app = await StartAsync(backEnd, static app => app.MapDuplex().RequireHost("hub.example"));
        using var http = Http(app);

        foreach (var (path, method) in Endpoints)
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, method, path));
            Assert.NotEqual(HttpStatusCode.NotFound, await StatusAsync(http, method, path, ("Host", "hub.example")));
        }

        using var socket = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(app.WebSocketAddress("/connection/websocket"), EchoApplication.Limit));
    }

    [Theory, MemberData(nameof(BackEnds))]
    public async Task Rate_limits_of_the_builder_hold_for_requests_and_upgrades_together(EventLoopBackEnd backEnd)
    {
        await using var app = await StartAsync(
            backEnd,
            static app =>
            {
                app.UseRateLimiter();
                app.MapDuplex().RequireRateLimiting("two");
            },
            static services => services.AddRateLimiter(static limits => limits.AddFixedWindowLimiter("two", static window =>
            {
                window.PermitLimit = 2;
                window.Window = TimeSpan.FromHours(1);
            })));
        using var http = Http(app);

        await StatusAsync(http, HttpMethod.Post, "/emulation");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(app.WebSocketAddress("/connection/websocket"), EchoApplication.Limit);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(http, HttpMethod.Post, "/emulation"));
        using var late = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => late.ConnectAsync(app.WebSocketAddress("/connection/websocket"), EchoApplication.Limit));
    }

    [Theory, MemberData(nameof(BackEnds))]
    public async Task Cors_policy_of_the_builder_admits_its_origins_besides_the_own_one(EventLoopBackEnd backEnd)
    {
        await using var app = await StartAsync(
            backEnd,
            static app =>
            {
                app.UseCors();
                app.MapDuplex().RequireCors(static cors => cors.WithOrigins("https://shop.example").AllowAnyHeader().AllowCredentials());
            },
            static services => services.AddCors());
        using var http = Http(app);

        Assert.Equal(101, await UpgradeAsync(app, "https://shop.example"));
        Assert.Equal(101, await UpgradeAsync(app, app.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(403, await UpgradeAsync(app, Strangers));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, HttpMethod.Post, "/emulation", ("Origin", Strangers)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connection/http_stream") { Content = new StringContent("""{"id":1,"connect":{}}""") };
        request.Headers.Add("Origin", "https://shop.example");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, EchoApplication.Limit);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["https://shop.example"], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Second_mapping_of_the_hub_is_an_error_that_names_both()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(EventLoopBackEnd.None, static app =>
        {
            app.MapDuplex("/one");
            app.MapDuplex("/two");
        }));

        Assert.Contains("'/one'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'/two'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_that_is_not_registered_is_an_error_that_names_the_missing_call()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => EchoApplication.StartAsync(static app => app.MapDuplex()));

        Assert.Contains("AddDuplex()", exception.Message, StringComparison.Ordinal);
    }

    private static (string Path, HttpMethod Method)[] Endpoints =>
    [
        ("/connection/websocket", HttpMethod.Get),
        ("/connection/uni_websocket", HttpMethod.Get),
        ("/connection/http_stream", HttpMethod.Post),
        ("/connection/sse", HttpMethod.Get),
        ("/connection/uni_http_stream", HttpMethod.Post),
        ("/connection/uni_sse", HttpMethod.Get),
        ("/emulation", HttpMethod.Post),
    ];

    // Every request on a connection of its own: what one is answered must not depend on the one before.
    private static HttpClient Http(EchoApplication app) => new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = app.Address };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = new StringContent(BodyOf(path));
        foreach (var (name, value) in fields) request.Headers.Add(name, value);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, EchoApplication.Limit);
        return response.StatusCode;
    }

    private static string BodyOf(string path) => path switch
    {
        _ when path.EndsWith("/uni_http_stream", StringComparison.Ordinal) => "{}",
        _ when path.EndsWith("/http_stream", StringComparison.Ordinal) => """{"id":1,"connect":{}}""",
        _ => "no command",
    };

    private static async Task<int> UpgradeAsync(EchoApplication app, string origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(app.WebSocketAddress("/connection/websocket"), EchoApplication.Limit);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return (int)socket.HttpStatusCode;
    }

    private static Task<EchoApplication> StartAsync(EventLoopBackEnd backEnd, Action<WebApplication> map, Action<IServiceCollection>? services = null) =>
        EchoApplication.StartAsync(
            endpoints => map((WebApplication)endpoints),
            collection =>
            {
                collection.AddDuplex(static options => options.AllowAnonymous = true);
                services?.Invoke(collection);
            },
            host => host.UseDuplexEventLoops(loops => loops.BackEnd = backEnd));

    /// <summary>Authenticates whoever names a user in a field.</summary>
    private sealed class HeaderScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var user = Request.Headers["X-User"].ToString();
            return Task.FromResult(user.Length == 0
                ? AuthenticateResult.NoResult()
                : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user)], "test")), "test")));
        }
    }
}

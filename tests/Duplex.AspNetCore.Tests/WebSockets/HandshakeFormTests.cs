using System.Text;
using Duplex.EventLoop.Hosting;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.WebSockets;

/// <summary>
/// Requests in odd forms are answered alike wherever they are served, so that what a proxy in front refuses by path or
/// host cannot be had in another spelling.
/// </summary>
public sealed class HandshakeFormTests
{
    private const string Target = "GET /echo HTTP/1.1";
    private const string HostField = "Host: localhost";

    private static readonly (int Status, string Line, string[] Fields)[] Forms =
    [
        (101, Target, [HostField]),
        // Paths: RFC 3986 sections 2.2 and 6.2.2.
        (404, "GET //echo HTTP/1.1", [HostField]),
        (404, "GET /%2Fecho HTTP/1.1", [HostField]),
        (404, "GET /%2fecho HTTP/1.1", [HostField]),
        (404, "GET /a//b HTTP/1.1", [HostField]),
        (404, "GET /a%2Fb HTTP/1.1", [HostField]),
        (101, "GET /a/b HTTP/1.1", [HostField]),
        (101, "GET /A/B HTTP/1.1", [HostField]),
        (101, "GET /%61/b HTTP/1.1", [HostField]),
        (101, "GET /a/b/ HTTP/1.1", [HostField]),
        (404, "GET /a/b// HTTP/1.1", [HostField]),
        (404, "GET /a/b/c HTTP/1.1", [HostField]),
        (404, "GET /a HTTP/1.1", [HostField]),
        (101, "GET /./echo HTTP/1.1", [HostField]),
        (101, "GET /x/../echo HTTP/1.1", [HostField]),
        (101, "GET /x/%2e%2e/echo HTTP/1.1", [HostField]),
        (404, "GET /echo%2F HTTP/1.1", [HostField]),
        (400, "GET /echo%00 HTTP/1.1", [HostField]),
        (404, "GET /echo%zz HTTP/1.1", [HostField]),
        (404, "GET /echo% HTTP/1.1", [HostField]),
        (404, "GET /echo; HTTP/1.1", [HostField]),
        (101, "GET /rooms/7 HTTP/1.1", [HostField]),
        (101, "GET /rooms/caf%C3%A9 HTTP/1.1", [HostField]),
        (101, "GET /rooms/%FF HTTP/1.1", [HostField]),
        (101, "GET /rooms/a%2Fb HTTP/1.1", [HostField]),
        (101, "GET /rooms/a%25b HTTP/1.1", [HostField]),
        (404, "GET /rooms/ HTTP/1.1", [HostField]),
        (404, "GET /rooms// HTTP/1.1", [HostField]),
        (101, "GET /echo?a=b//c&%2F HTTP/1.1", [HostField]),
        // The most literal endpoint wins, whatever it serves.
        (200, "GET /rooms/page HTTP/1.1", [HostField]),
        (404, "GET /numbers/x HTTP/1.1", [HostField]),
        (101, "GET /numbers/1 HTTP/1.1", [HostField]),
        (101, "GET /twice/literal HTTP/1.1", [HostField]),
        // Absolute targets: RFC 9112 sections 3.2 and 3.2.2.
        (101, "GET http://localhost/echo HTTP/1.1", [HostField]),
        (400, "GET http://localhost/echo HTTP/1.1", []),
        (400, "GET http://localhost/echo HTTP/1.1", [HostField, HostField]),
        (400, "GET http://localhost/echo HTTP/1.1", ["Host: elsewhere"]),
        (400, "GET localhost/echo HTTP/1.1", [HostField]),
        (405, "GET * HTTP/1.1", [HostField]),
        // Host: RFC 9112 section 3.2.
        (400, Target, []),
        (400, Target, ["Host:"]),
        (400, Target, [HostField, HostField]),
        (400, Target, ["Host: localhost, localhost"]),
        (400, Target, ["Host: localhost:abc"]),
        (400, Target, ["Host: localhost:"]),
        (400, Target, ["Host: a:b:c"]),
        (400, Target, ["Host: []"]),
        (400, Target, ["Host: [::1"]),
        (400, Target, ["Host: [::1]:x"]),
        (400, Target, ["Host: a/b"]),
        (400, Target, ["Host: a@b"]),
        (400, Target, ["Host: a%41"]),
        (400, Target, ["Host: *"]),
        (400, Target, ["Host: localhost:65536"]),
        (400, Target, ["Host: localhost:99999999999"]),
        (400, Target, ["Host: xn--.example.org"]),
        (101, Target, ["Host: localhost:8000"]),
        (101, Target, ["Host: [::1]:8000"]),
        (101, Target, ["Host: xn--bcher-kva.example"]),
        // Field values: what is no UTF-8 is no text.
        (400, Target, [HostField, "X-Name: \u00e4"]),
        (101, Target, [HostField, "X-Name: \u00c3\u00a4"]),
        (400, Target, [HostField, "X-Name: a\0b"]),
        (400, Target, [HostField, "X Name: a"]),
        // Subprotocols: RFC 9110 section 5.6.1.
        (101, Target, [HostField, "Sec-WebSocket-Protocol:"]),
        (101, Target, [HostField, "Sec-WebSocket-Protocol: ,"]),
        (101, Target, [HostField, "Sec-WebSocket-Protocol: , a ,"]),
        (101, Target, [HostField, "Sec-WebSocket-Protocol: a", "Sec-WebSocket-Protocol: b"]),
        (400, Target, [HostField, "Sec-WebSocket-Protocol: a b"]),
        (400, Target, [HostField, "Sec-WebSocket-Protocol: a", "Sec-WebSocket-Protocol: a"]),
        (403, Target, [HostField, "Origin: https://evil.example"]),
        (403, Target, [HostField, "Origin: null"]),
        (101, Target, [HostField, "Origin: https://localhost"]),
        (426, Target, [HostField, "Sec-WebSocket-Version: 8"]),
        (400, Target, [HostField, "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]),
        (400, Target, [HostField, "Content-Length: 5"]),
        (400, Target, [HostField, "Sec-WebSocket-Extensions: ;"]),
        (414, $"GET /echo?{new string('a', 8 << 10)} HTTP/1.1", [HostField]),
        (101, $"GET /echo?{new string('a', 8000)} HTTP/1.1", [HostField]),
        (431, Target, [HostField, $"X-Long: {new string('a', 33 << 10)}"]),
        (500, "GET /throws HTTP/1.1", [HostField]),
        (418, "GET /refuses HTTP/1.1", [HostField]),
        (400, "GET /requires HTTP/1.1", [HostField]),
    ];

    public static TheoryData<EventLoopBackEnd> Hosts => [EventLoopBackEnd.None, EventLoopBackEnd.Epoll, EventLoopBackEnd.Automatic];

    [Theory, MemberData(nameof(Hosts))]
    public async Task Request_is_answered_alike_wherever_it_is_served(EventLoopBackEnd backEnd)
    {
        await using var application = await StartAsync(backEnd);
        var wrong = new List<string>();
        foreach (var (status, line, fields) in Forms)
        {
            var answer = await AskAsync(application, line, fields);
            if (answer != status) wrong.Add($"{answer}, not {status}: {Shorten(line)} {Shorten(string.Join(" | ", fields))}");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Host_that_is_none_is_refused_where_hosts_are_filtered(EventLoopBackEnd backEnd)
    {
        await using var application = await StartAsync(
            backEnd,
            services => services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["example.com"]),
            app => app.UseHostFiltering());
        foreach (var host in (string[])["example.com:abc", "[::1]:x", "a:b:c", "localhost", ""])
            Assert.Equal(400, await AskAsync(application, Target, [$"Host: {host}"]));
        Assert.Equal(101, await AskAsync(application, Target, ["Host: example.com:80"]));
    }

    [Theory]
    [InlineData(EventLoopBackEnd.Epoll), InlineData(EventLoopBackEnd.Automatic)]
    public async Task Host_that_no_routing_could_take_apart_does_not_reach_it(EventLoopBackEnd backEnd)
    {
        await using var application = await StartAsync(backEnd);
        foreach (var host in (string[])["xn--.example.org", "xn--a-.example.org", $"xn--{new string('a', 70)}.example.org", "example.com:99999999999"])
            Assert.Equal(400, await AskAsync(application, "GET /hosted HTTP/1.1", [$"Host: {host}"]));
        Assert.Equal(101, await AskAsync(application, "GET /hosted HTTP/1.1", ["Host: example.com"]));
        Assert.Equal(404, await AskAsync(application, "GET /hosted HTTP/1.1", ["Host: other.example"]));
    }

    private static Task<EchoApplication> StartAsync(
        EventLoopBackEnd backEnd, Action<IServiceCollection>? services = null, Action<IApplicationBuilder>? use = null) => EchoApplication.StartAsync(
        endpoints =>
        {
            use?.Invoke((IApplicationBuilder)endpoints);
            endpoints.MapWebSocket("/echo", Answer);
            endpoints.MapWebSocket("/a/b", Answer);
            endpoints.MapWebSocket("/rooms/{room}", Answer);
            endpoints.MapGet("/rooms/page", (RequestDelegate)(context => context.Response.WriteAsync("page")));
            endpoints.MapPost("/rooms/{room}", (RequestDelegate)(context => context.Response.WriteAsync("posted")));
            endpoints.MapWebSocket("/numbers/{number:int}", Answer);
            endpoints.MapWebSocket("/twice/{rest}", Answer);
            endpoints.MapWebSocket("/twice/literal", Answer);
            endpoints.MapWebSocket("/hosted", Answer).RequireHost("example.com");
            endpoints.MapWebSocket("/throws", new DecidingEndpoint(static () => throw new InvalidOperationException("thrown by a test")));
            endpoints.MapWebSocket("/refuses", new DecidingEndpoint(static () => null));
            endpoints.MapWebSocket("/requires", Answer, new WebSocketConnectionOptions { Subprotocols = ["one"], RequireSubprotocol = true });
        },
        services,
        host =>
        {
            if (backEnd != EventLoopBackEnd.None) host.UseDuplexEventLoops(loops => loops.BackEnd = backEnd);
        });

    private static void Answer(WebSocketConnection connection, WebSocketMessage message) => connection.Send(message);

    private static async Task<int> AskAsync(EchoApplication application, string line, string[] fields)
    {
        await using var stream = await application.ConnectAsync();
        string[] usual = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"];
        var all = fields.Concat(usual.Where(field => !fields.Any(own => own.StartsWith("Sec-WebSocket-V", StringComparison.Ordinal) && field.StartsWith("Sec-WebSocket-V", StringComparison.Ordinal))));
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", [line, .. all, "", ""])), EchoApplication.Limit);
        var status = new byte["HTTP/1.1 101".Length];
        await stream.ReadExactlyAsync(status, EchoApplication.Limit);
        return int.Parse(status.AsSpan(9));
    }

    private static string Shorten(string text) => text.Length < 80 ? text : text[..80];

    /// <summary>An endpoint whose decision the test makes.</summary>
    private sealed class DecidingEndpoint(Func<IWebSocketHandler?> accept) : WebSocketEndpoint
    {
        public override WebSocketConnectionOptions Options => WebSocketConnectionOptions.Default;

        public override UpgradeRefusal RefusalOf(in UpgradeContext context) => new(418, "The test refuses it.");

        public override IWebSocketHandler? Accept(in UpgradeContext context) => accept();
    }
}

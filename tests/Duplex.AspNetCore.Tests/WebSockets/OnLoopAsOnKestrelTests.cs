using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Duplex.EventLoop.Hosting;
using Duplex.Execution;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.WebSockets;

/// <summary>What middleware and Kestrel do about a request, they do where event loops run as well.</summary>
public sealed class OnLoopAsOnKestrelTests
{
    public static TheoryData<string, string[], bool> Forwarded
    {
        get
        {
            var data = new TheoryData<string, string[], bool>();
            foreach (var onLoop in (bool[])[false, true])
            {
                data.Add("own", [], onLoop);
                data.Add("203.0.113.7:0", ["203.0.113.7"], onLoop);
                data.Add("203.0.113.7:1234", ["203.0.113.7:1234"], onLoop);
                data.Add("[2001:db8::1]:443", ["[2001:db8::1]:443"], onLoop);
                // One hop is trusted, so one entry counts; header lines are one list.
                data.Add("203.0.113.7:0", ["198.51.100.1, 203.0.113.7"], onLoop);
                data.Add("203.0.113.7:0", ["198.51.100.1", "203.0.113.7"], onLoop);
                data.Add("own", ["unknown"], onLoop);
                data.Add("own", ["198.51.100.1, unknown"], onLoop);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Forwarded))]
    public async Task Address_is_the_one_that_the_trusted_proxy_names(string expected, string[] fields, bool onLoop) =>
        await AssertAddressAsync(expected, fields, onLoop, options => { });

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Address_behind_several_trusted_proxies_is_the_first_one_that_is_none(bool onLoop) =>
        await AssertAddressAsync("198.51.100.2:0", ["198.51.100.1, 198.51.100.2, ::ffff:203.0.113.7"], onLoop, options =>
        {
            options.ForwardLimit = null;
            options.KnownProxies.Add(IPAddress.Parse("203.0.113.7"));
        });

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Address_of_a_proxy_in_a_trusted_network_is_believed(bool onLoop) =>
        await AssertAddressAsync("198.51.100.1:0", ["198.51.100.1"], onLoop, options =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse("127.0.0.0/24"));
        });

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Address_that_a_stranger_names_is_not_believed(bool onLoop) =>
        await AssertAddressAsync("own", ["203.0.113.7"], onLoop, options =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Add(IPAddress.Parse("10.0.0.1"));
        });

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Address_is_not_looked_for_unless_the_option_says_so(bool onLoop) =>
        await AssertAddressAsync("own", ["203.0.113.7"], onLoop, options => options.ForwardedHeaders = ForwardedHeaders.XForwardedProto);

    [Theory]
    [InlineData("good.example", false, 101), InlineData("good.example", true, 101)]
    [InlineData("good.example:8080", false, 101), InlineData("good.example:8080", true, 101)]
    [InlineData("a.wild.example", false, 101), InlineData("a.wild.example", true, 101)]
    [InlineData("evil.example", false, 400), InlineData("evil.example", true, 400)]
    [InlineData("wild.example", false, 400), InlineData("wild.example", true, 400)]
    public async Task Host_that_is_not_allowed_is_refused(string name, bool onLoop, int status)
    {
        await using var application = await StartAsync(
            onLoop,
            app => app.UseHostFiltering(),
            services => services.AddHostFiltering(options => options.AllowedHosts = ["good.example", "*.wild.example"]));
        Assert.Equal(status, await UpgradeAsync(application, "/where", name));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Policy_of_last_resort_guards_endpoints_that_name_none(bool onLoop)
    {
        await using var application = await StartAsync(
            onLoop,
            app => app.UseAuthentication().UseAuthorization(),
            services =>
            {
                services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            });
        Assert.Equal(302, await UpgradeAsync(application, "/where"));
        Assert.Equal(101, await UpgradeAsync(application, "/anyone"));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Limit_of_requests_counts_upgrades(bool onLoop)
    {
        await using var application = await StartAsync(
            onLoop,
            app => app.UseRateLimiter(),
            services => services.AddRateLimiter(options => options.AddFixedWindowLimiter("one", window =>
            {
                window.PermitLimit = 1;
                window.Window = TimeSpan.FromHours(1);
            })));
        Assert.Equal(101, await UpgradeAsync(application, "/limited"));
        Assert.Equal(503, await UpgradeAsync(application, "/limited"));
    }

    [Fact]
    public async Task Endpoint_that_asks_for_it_is_upgraded_by_Kestrel()
    {
        await using var application = await StartAsync(onLoop: true);
        Assert.Equal("Loop", await FirstMessageAsync(application, "/where"));
        Assert.Equal(nameof(ThreadPoolShard), await FirstMessageAsync(application, "/middleware"));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Where_tls_is_due_nothing_else_is_answered(bool onLoop)
    {
        using var certificate = Certificate();
        await using var application = await StartAsync(onLoop, kestrel: kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        Assert.Equal("https", application.Address.Scheme);

        Assert.Equal(0, await UpgradeAsync(application, "/where"));

        using var client = new ClientWebSocket();
        client.Options.RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString();
        await client.ConnectAsync(new UriBuilder(application.Address) { Scheme = "wss", Path = "/where" }.Uri, EchoApplication.Limit);
        Assert.Equal(nameof(ThreadPoolShard), await ReadAsync(client));
    }

    [Fact]
    public async Task Call_that_waited_goes_on_on_the_loop_of_its_client()
    {
        await using var application = await StartAsync(
            onLoop: true,
            app =>
            {
                ((WebApplication)app).MapDuplex().MapRpc("where", async () =>
                {
                    var before = Thread.CurrentThread.Name;
                    await Task.Run(static () => { });
                    return before == Thread.CurrentThread.Name ? before : "elsewhere";
                });
            },
            services => services.AddDuplex(options => options.AllowAnonymous = true));
        using var client = new ClientWebSocket();
        await client.ConnectAsync(application.WebSocketAddress("/connection/websocket"), EchoApplication.Limit);
        await client.SendAsync("{\"id\":1,\"connect\":{}}"u8.ToArray(), WebSocketMessageType.Text, true, EchoApplication.Limit);
        await ReadAsync(client);
        await client.SendAsync("{\"id\":2,\"rpc\":{\"method\":\"where\"}}"u8.ToArray(), WebSocketMessageType.Text, true, EchoApplication.Limit);
        Assert.StartsWith("{\"id\":2,\"rpc\":{\"data\":\"duplex-loop-", await ReadAsync(client), StringComparison.Ordinal);
    }

    private static async Task AssertAddressAsync(string expected, string[] fields, bool onLoop, Action<ForwardedHeadersOptions> configure)
    {
        await using var application = await StartAsync(
            onLoop,
            app => app.UseForwardedHeaders(),
            services => services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
                configure(options);
            }));
        await using var stream = await application.ConnectAsync();
        await stream.WriteAsync(Request("/address", "test", fields), EchoApplication.Limit);
        Assert.Equal(101, await StatusAsync(stream));
        var frame = new byte[2];
        await stream.ReadExactlyAsync(frame, EchoApplication.Limit);
        var payload = new byte[frame[1]];
        await stream.ReadExactlyAsync(payload, EchoApplication.Limit);
        var address = Encoding.UTF8.GetString(payload);
        var own = (IPEndPoint)stream.Socket.LocalEndPoint!;
        Assert.Equal(expected == "own" ? $"127.0.0.1:{own.Port}" : expected, address);
    }

    private static Task<EchoApplication> StartAsync(
        bool onLoop,
        Action<IApplicationBuilder>? middleware = null,
        Action<IServiceCollection>? services = null,
        Action<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>? kestrel = null) => EchoApplication.StartAsync(
        endpoints =>
        {
            middleware?.Invoke((IApplicationBuilder)endpoints);
            endpoints.MapWebSocket("/where", new TellingEndpoint(context => context.Shard.GetType().Name));
            endpoints.MapWebSocket("/anyone", new TellingEndpoint(_ => "")).AllowAnonymous();
            endpoints.MapWebSocket("/limited", new TellingEndpoint(_ => "")).RequireRateLimiting("one");
            endpoints.MapWebSocket("/middleware", new TellingEndpoint(context => context.Shard.GetType().Name)).UpgradeOnKestrel();
            endpoints.MapWebSocket("/address", new TellingEndpoint(context => context.RemoteEndPoint!.ToString()!));
        },
        services,
        host =>
        {
            host.UseKestrelHttpsConfiguration();
            if (kestrel is not null) host.ConfigureKestrel(kestrel);
            if (onLoop) host.UseDuplexEventLoops(loops => loops.BackEnd = EventLoopBackEnd.Epoll);
        });

    private static async Task<int> UpgradeAsync(EchoApplication application, string path, string host = "test")
    {
        await using var stream = await application.ConnectAsync();
        await stream.WriteAsync(Request(path, host, []), EchoApplication.Limit);
        return await StatusAsync(stream);
    }

    private static byte[] Request(string path, string host, string[] forwarded) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
        string.Concat(forwarded.Select(field => $"X-Forwarded-For: {field}\r\n")) + "\r\n");

    /// <summary>The status of an answer whose head is read to its end; 0 for one that is not HTTP.</summary>
    private static async Task<int> StatusAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var next = new byte[1];
        try
        {
            while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()) && await stream.ReadAsync(next, EchoApplication.Limit) > 0) head.Add(next[0]);
        }
        catch (IOException)
        {
            // A reset ends it as well.
        }

        var text = Encoding.Latin1.GetString([.. head]);
        return text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(text.AsSpan(9, 3)) : 0;
    }

    private static async Task<string> FirstMessageAsync(EchoApplication application, string path)
    {
        using var client = new ClientWebSocket();
        await client.ConnectAsync(application.WebSocketAddress(path), EchoApplication.Limit);
        return await ReadAsync(client);
    }

    private static async Task<string> ReadAsync(ClientWebSocket client)
    {
        var buffer = new byte[1000];
        var result = await client.ReceiveAsync(buffer.AsMemory(), EchoApplication.Limit);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Sends what it makes of the upgrade, as its first message.</summary>
    private sealed class TellingEndpoint(Func<UpgradeContext, string> tell) : WebSocketEndpoint
    {
        public override WebSocketConnectionOptions Options => WebSocketConnectionOptions.Default;

        public override IWebSocketHandler Accept(in UpgradeContext context) => new Handler(tell(context));

        private sealed class Handler(string text) : IWebSocketHandler
        {
            public void OnOpen(WebSocketConnection connection) => connection.Send(Encoding.UTF8.GetBytes(text), MessageType.Text);

            public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) { }

            public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) { }
        }
    }
}

using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Duplex.EventLoop.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Duplex.EventLoop.Tests.Hosting;

/// <summary>Whatever is no upgrade for one of our endpoints is Kestrel's, as if nobody had looked at it.</summary>
public sealed class OnePortTests
{
    private static CancellationToken Token => Limit.Token;

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Pages_are_served_on_a_connection_that_is_kept_alive(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.ConnectAsync(server.Address);
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync("GET /page HTTP/1.1\r\nHost: test\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200 OK", await client.ReadHeadAsync(), StringComparison.Ordinal);
            // One chunk of four bytes, and the last.
            await client.ReadAsync("4\r\npage\r\n0\r\n\r\n".Length);
        }
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_large_upload_arrives_whole(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.Address}") };
        var body = new byte[20_000_000];
        Random.Shared.NextBytes(body);

        using var response = await http.PostAsync("/hash", new ByteArrayContent(body), Token);

        Assert.Equal(Convert.ToHexString(SHA256.HashData(body)), await response.Content.ReadAsStringAsync(Token));
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Heads_that_come_byte_by_byte_are_understood_for_pages_and_for_upgrades(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var page = await RawClient.ConnectAsync(server.Address);
        foreach (var c in "GET /page HTTP/1.1\r\nHost: test\r\n\r\n") await page.SendAsync([(byte)c]);
        Assert.StartsWith("HTTP/1.1 200 OK", await page.ReadHeadAsync(), StringComparison.Ordinal);

        using var socket = await RawClient.ConnectAsync(server.Address);
        foreach (var c in RawClient.UpgradeRequest("/echo")) await socket.SendAsync([(byte)c]);
        Assert.StartsWith("HTTP/1.1 101 ", await socket.ReadHeadAsync(), StringComparison.Ordinal);
        await socket.SendFrameAsync(Protocol.Framing.Opcode.Text, "hello"u8);
        Assert.Equal("hello"u8.ToArray(), (await socket.ReadFrameAsync()).Payload);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Http2_with_prior_knowledge_works(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind, listen => listen.Protocols = HttpProtocols.Http2);
        using var http = new HttpClient
        {
            BaseAddress = new Uri($"http://{server.Address}"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await http.GetAsync("/page", Token);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal("page", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Tls_works_with_both_versions_of_http(EventLoopBackEnd kind)
    {
        using var certificate = Certificate();
        await using var server = await Start(kind, listen => listen.UseHttps(certificate));
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString() },
        };
        foreach (var version in (Version[])[HttpVersion.Version11, HttpVersion.Version20])
        {
            using var http = new HttpClient(handler, disposeHandler: false)
            {
                BaseAddress = new Uri($"https://{server.Address}"),
                DefaultRequestVersion = version,
                DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var response = await http.GetAsync("/page", Token);
            Assert.Equal(version, response.Version);
            Assert.Equal("page", await response.Content.ReadAsStringAsync(Token));
        }

        await server.Until(loop => loop.Load, 0);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_head_without_an_end_is_refused_by_Kestrel_at_its_limit(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync($"GET /echo HTTP/1.1\r\nHost: test\r\nX: {new string('x', 40_000)}");

        Assert.StartsWith("HTTP/1.1 431 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Connections_are_spread_evenly_over_the_loops(EventLoopBackEnd kind)
    {
        await using var server = await LoopServer.StartAsync(kind, options: options => options.Loops = 3);
        server.With("/echo", new TestHandler());
        var clients = new List<RawClient>();
        for (var i = 0; i < 12; i++) clients.Add(await RawClient.UpgradeAsync(server.Address, "/echo"));
        Assert.All(server.Loops, loop => Assert.Equal(4, loop.Load));

        // New ones fill the gaps of those that have gone.
        foreach (var client in clients[..5]) client.Dispose();
        await server.Until(loop => loop.Load, 7);
        for (var i = 0; i < 5; i++) clients.Add(await RawClient.UpgradeAsync(server.Address, "/echo"));

        Assert.All(server.Loops, loop => Assert.Equal(4, loop.Load));
        clients.ForEach(client => client.Dispose());
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Bytes_that_are_no_http_are_answered_by_Kestrel(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync("\u0001\u0002 what is this?\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task An_upgrade_for_a_path_that_is_not_ours_is_Kestrels(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync(RawClient.UpgradeRequest("/unknown"));

        Assert.StartsWith("HTTP/1.1 404 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Pages_of_other_origins_are_refused_and_of_the_same_host_let_in(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var stranger = await RawClient.ConnectAsync(server.Address);
        await stranger.SendAsync(RawClient.UpgradeRequest("/echo", "Origin: https://evil.example\r\n"));
        Assert.StartsWith("HTTP/1.1 403 ", await stranger.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("Pages of this origin may not connect."u8.ToArray(), await stranger.ReadToEndAsync());

        using var own = await RawClient.ConnectAsync(server.Address);
        await own.SendAsync(RawClient.UpgradeRequest("/echo", "Origin: http://test\r\n"));
        Assert.StartsWith("HTTP/1.1 101 ", await own.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_peer_that_goes_before_its_request_is_whole_leaves_nothing_behind(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        for (var i = 0; i < 50; i++)
        {
            using var client = await RawClient.ConnectAsync(server.Address);
            if (i % 2 == 0) await client.SendAsync("GET /echo HTTP/1.1\r\nHo");
            if (i % 3 == 0) client.Reset();
        }

        await server.Until(loop => loop.Load, 0);
        await server.Until(loop => loop.TimerCount, 0);
        // The listening socket stays.
        await server.Until(loop => loop.BackEnd.SocketCount, 1);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Stopping_closes_WebSockets_with_1001_and_connections_are_refused_then(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        var stopping = server.StopAsync();

        var (opcode, payload) = await client.ReadFrameAsync();

        Assert.Equal(Protocol.Framing.Opcode.Close, opcode);
        Assert.Equal([0x03, 0xE9], payload[..2]);
        await stopping;
        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => RawClient.ConnectAsync(server.Address));
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_port_that_is_taken_is_reported_as_Kestrel_does(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);

        var exception = await Assert.ThrowsAsync<IOException>(() =>
            LoopServer.StartAsync(kind, builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(server.Address))));

        Assert.Contains("address already in use", exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<LoopServer> Start(EventLoopBackEnd kind, Action<ListenOptions>? listen = null) =>
        (await LoopServer.StartAsync(kind, listen: listen, map: app =>
        {
            app.MapGet("/page", (RequestDelegate)(context => context.Response.WriteAsync("page")));
            app.MapPost("/hash", (RequestDelegate)(async context =>
                await context.Response.WriteAsync(Convert.ToHexString(await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted)))));
        })).With("/echo", new TestHandler());

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}

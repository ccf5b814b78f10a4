using System.Net;
using System.Net.Sockets;
using System.Text;
using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Tests.Interop;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Client;

public sealed class ConnectTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // RFC 6455 section 4.1.
    [Fact]
    public async Task Client_sends_a_request_with_every_field_it_must_have()
    {
        var head = "";
        await using var server = new ScriptedServer(async stream =>
        {
            head = await ScriptedServer.ReadHeadAsync(stream);
            await ScriptedServer.AcceptAsync(stream, head);
        });
        var options = new WebSocketClientOptions
        {
            Subprotocols = ["a", "b"],
            Compression = new(),
            Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer x" },
        };
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, options, Token);
        Assert.StartsWith("GET /feed?x=1 HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal($"127.0.0.1:{server.Port}", ScriptedServer.Field(head, "Host"));
        Assert.Equal("websocket", ScriptedServer.Field(head, "Upgrade"));
        Assert.Equal("Upgrade", ScriptedServer.Field(head, "Connection"));
        Assert.Equal("13", ScriptedServer.Field(head, "Sec-WebSocket-Version"));
        Assert.True(AcceptKey.IsValidKey(ScriptedServer.Field(head, "Sec-WebSocket-Key")));
        Assert.Equal("a, b", ScriptedServer.Field(head, "Sec-WebSocket-Protocol"));
        Assert.StartsWith("permessage-deflate", ScriptedServer.Field(head, "Sec-WebSocket-Extensions"), StringComparison.Ordinal);
        Assert.Equal("Bearer x", ScriptedServer.Field(head, "Authorization"));
        Assert.False(client.IsCompressed);
    }

    [Fact]
    public async Task Client_refuses_a_redirect_and_says_where_it_leads()
    {
        await using var server = await KestrelEchoServer.StartAsync();
        var exception = await FailAsync(new Uri(server.Uri, "/moved"));
        Assert.Equal((ConnectFailure.Handshake, 302, "ws://elsewhere.example/"), (exception.Failure, exception.Status, exception.Location));
    }

    [Fact]
    public async Task Client_reports_the_status_of_a_refusal()
    {
        await using var server = await KestrelEchoServer.StartAsync();
        var exception = await FailAsync(new Uri(server.Uri, "/forbidden"));
        Assert.Equal((ConnectFailure.Handshake, 403, UpgradeResponseFault.Status), (exception.Failure, exception.Status, exception.Fault));
    }

    [Theory]
    [InlineData("HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n", UpgradeResponseFault.Accept)]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n", UpgradeResponseFault.MalformedHead)]
    [InlineData("\n", UpgradeResponseFault.MalformedHead)]
    public async Task Client_reports_what_is_wrong_with_an_answer(string answer, UpgradeResponseFault fault)
    {
        await using var server = ScriptedServer.Answering(answer);
        Assert.Equal(fault, (await FailAsync(server.Uri)).Fault);
    }

    [Fact]
    public async Task Client_reports_a_connection_that_ends_during_the_handshake()
    {
        await using var server = ScriptedServer.Answering("HTTP/1.1 101 Switch");
        Assert.Equal(ConnectFailure.Network, (await FailAsync(server.Uri)).Failure);
    }

    [Fact]
    public async Task Client_reports_a_port_where_nobody_listens()
    {
        using var bound = new Socket(SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)bound.LocalEndPoint!).Port;
        Assert.Equal(ConnectFailure.Network, (await FailAsync(new Uri($"ws://127.0.0.1:{port}/"))).Failure);
    }

    [Fact]
    public async Task Client_gives_up_when_the_answer_does_not_come_in_time()
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.ReadHeadAsync(stream);
            time.Advance(TimeSpan.FromSeconds(16));
            Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        });
        Assert.Equal(ConnectFailure.Timeout, (await FailAsync(server.Uri, new WebSocketClientOptions { Time = time })).Failure);
    }

    [Fact]
    public async Task Cancelling_the_call_gives_up()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.ReadHeadAsync(stream);
            await cancel.CancelAsync();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WebSocketClient.ConnectAsync(server.Uri, cancellationToken: cancel.Token));
    }

    [Fact]
    public async Task Client_goes_through_a_proxy_with_credentials()
    {
        await using var server = new DuplexEchoServer();
        var request = "";
        await using var proxy = new ScriptedServer(async stream =>
        {
            request = await ScriptedServer.ReadHeadAsync(stream);
            await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
            using var target = new TcpClient();
            await target.ConnectAsync(server.Uri.Host, server.Uri.Port);
            await Task.WhenAll(ForwardAsync(stream, target.Client), target.GetStream().CopyToAsync(stream));
        });
        var options = new WebSocketClientOptions
        {
            Proxy = new Uri($"http://127.0.0.1:{proxy.Port}"),
            ProxyCredentials = new NetworkCredential("user", "p:\u00e4ss"),
        };
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, options, Token);
        await client.SendAsync("through", Token);
        Assert.Equal("through", (await client.ReadAllAsync(Token).FirstAsync(Token)).GetText());
        Assert.StartsWith($"CONNECT 127.0.0.1:{server.Uri.Port} HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:p\u003a\u00e4ss")), ScriptedServer.Field(request, "Proxy-Authorization"));
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", 407)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 101", 200)]
    public async Task Client_reports_a_proxy_that_refuses_or_speaks_out_of_turn(string answer, int status)
    {
        await using var proxy = ScriptedServer.Answering(answer);
        var exception = await FailAsync(new Uri("ws://host.invalid/"), new WebSocketClientOptions { Proxy = new Uri($"http://127.0.0.1:{proxy.Port}") });
        Assert.Equal((ConnectFailure.Proxy, status), (exception.Failure, exception.Status));
    }

    [Theory]
    [InlineData("http://example.org/")]
    [InlineData("ws://example.org/#fragment")]
    [InlineData("/relative")]
    public async Task An_address_that_is_none_is_refused_early(string address) =>
        await Assert.ThrowsAsync<ArgumentException>(() => WebSocketClient.ConnectAsync(new Uri(address, UriKind.RelativeOrAbsolute), cancellationToken: Token));

    [Theory]
    [InlineData("X-Field", "a\r\nEvil: b")]
    [InlineData("X Field", "a")]
    [InlineData("", "a")]
    [InlineData("host", "a")]
    [InlineData("Sec-WebSocket-Key", "a")]
    public async Task A_header_that_would_change_the_handshake_is_refused_early(string name, string value) =>
        await Assert.ThrowsAsync<ArgumentException>(() => WebSocketClient.ConnectAsync(
            new Uri("ws://127.0.0.1:1/"), new WebSocketClientOptions { Headers = new Dictionary<string, string> { [name] = value } }, Token));

    private static async Task ForwardAsync(Stream from, Socket to)
    {
        var buffer = new byte[4096];
        while (await from.ReadAsync(buffer) is var count and > 0) await to.SendAsync(buffer.AsMemory(0, count));
        to.Shutdown(SocketShutdown.Send);
    }

    public static TheoryData<string, WebSocketClientOptions> BadOptions() => new()
    {
        { "MaxMessageBytes", new() { MaxMessageBytes = -1 } },
        { "MaxFragments", new() { MaxFragments = 0 } },
        { "MaxReceiveQueueBytes", new() { MaxReceiveQueueBytes = 0 } },
        { "SendHighWaterBytes", new() { SendHighWaterBytes = 0 } },
        { "ConnectTimeout", new() { ConnectTimeout = TimeSpan.Zero } },
        { "PingInterval", new() { PingInterval = TimeSpan.MaxValue } },
        { "PongTimeout", new() { PongTimeout = TimeSpan.FromSeconds(-5) } },
        { "PongTimeout", new() { PingInterval = TimeSpan.FromSeconds(5), PongTimeout = TimeSpan.FromSeconds(5.1) } },
        { "MessageTimeout", new() { MessageTimeout = TimeSpan.FromDays(31) } },
        { "CloseTimeout", new() { CloseTimeout = TimeSpan.Zero } },
        { "Proxy", new() { Proxy = new Uri("socks5://127.0.0.1:1080") } },
        { "Subprotocols", new() { Subprotocols = ["a", "a"] } },
    };

    [Theory]
    [MemberData(nameof(BadOptions), DisableDiscoveryEnumeration = true)]
    public async Task Options_out_of_range_are_refused_by_name_before_anything_is_sent(string name, WebSocketClientOptions options)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => WebSocketClient.ConnectAsync(new Uri("ws://127.0.0.1:1/"), options, Token));
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_without_bound_are_in_range()
    {
        await using var server = new DuplexEchoServer();
        var options = new WebSocketClientOptions
        {
            ConnectTimeout = null,
            PingInterval = null,
            PongTimeout = null,
            MessageTimeout = null,
        };
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, options, Token);
        await client.SendAsync("still", Token);
        Assert.Equal("still", (await client.ReadAllAsync(Token).FirstAsync(Token)).GetText());
    }

    private static Task<WebSocketConnectException> FailAsync(Uri uri, WebSocketClientOptions? options = null) =>
        Assert.ThrowsAsync<WebSocketConnectException>(() => WebSocketClient.ConnectAsync(uri, options, Token));
}

using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Duplex.Conformance.Tests.Cases;
using Duplex.Conformance.Tests.Hosts;

namespace Duplex.Conformance.Tests.Interop;

/// <summary>Our server, spoken to by clients that others wrote.</summary>
public sealed class ServerInteropTests(EchoHosts hosts)
{
    private static readonly int[] Sizes = [0, 1, 125, 126, 127, 65535, 65536, 1 << 20];

    public static TheoryData<string, bool> TransportsAndCompression() =>
        [.. Transports.Available.SelectMany(transport => new[] { (transport, false), (transport, true) })];

    [Theory]
    [MemberData(nameof(TransportsAndCompression))]
    public async Task Server_echoes_to_ws(string transport, bool isCompressed)
    {
        using var peer = PeerProcess.Node("client.mjs", "ws", Address(transport), isCompressed ? "true" : "false");
        Assert.Equal("ok", await peer.ReadLineAsync());
    }

    [Fact]
    public async Task Server_echoes_to_websocket()
    {
        foreach (var transport in Transports.Available)
        {
            using var peer = PeerProcess.Node("client.mjs", "websocket", Address(transport), "false");
            Assert.Equal("ok", await peer.ReadLineAsync());
        }
    }

    [Theory]
    [MemberData(nameof(TransportsAndCompression))]
    public async Task Server_echoes_to_python_websockets(string transport, bool isCompressed)
    {
        using var peer = PeerProcess.Python("client.py", Address(transport), isCompressed ? "true" : "false");
        Assert.Equal("ok", await peer.ReadLineAsync());
    }

    [Theory]
    [MemberData(nameof(TransportsAndCompression))]
    public async Task Server_echoes_to_ClientWebSocket(string transport, bool isCompressed)
    {
        using var socket = new ClientWebSocket();
        if (isCompressed) socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions { ClientMaxWindowBits = 10, ServerMaxWindowBits = 11 };
        using var limit = new CancellationTokenSource(PeerProcess.Limit);
        await socket.ConnectAsync(new Uri(Address(transport)), limit.Token);
        await AssertEchoesAsync(socket, limit.Token);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Server_echoes_to_ClientWebSocket_over_TLS_and_HTTP(int version)
    {
        foreach (var transport in Transports.Available)
        {
            using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == SelfSigned.Certificate.GetCertHashString() } };
            using var invoker = new HttpMessageInvoker(handler);
            using var socket = new ClientWebSocket();
            socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
            socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            using var limit = new CancellationTokenSource(PeerProcess.Limit);
            await socket.ConnectAsync(new Uri($"wss://localhost:{hosts[transport].SecureEndPoint.Port}/echo?snw{version}"), invoker, limit.Token);
            await AssertEchoesAsync(socket, limit.Token);
            Assert.Equal(version == 2, hosts[transport].HasSeenHttp2($"?snw{version}"));
        }
    }

    private static async Task AssertEchoesAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[2 << 20];
        foreach (var size in Sizes)
        {
            foreach (var type in new[] { WebSocketMessageType.Text, WebSocketMessageType.Binary })
            {
                var message = type == WebSocketMessageType.Text ? Payloads.Json(size, size) : RandomNumberGenerator.GetBytes(size);
                await socket.SendAsync(message, type, endOfMessage: true, cancellationToken);
                var received = 0;
                ValueWebSocketReceiveResult result;
                do
                {
                    result = await socket.ReceiveAsync(buffer.AsMemory(received), cancellationToken);
                    received += result.Count;
                }
                while (!result.EndOfMessage);
                Assert.Equal(type, result.MessageType);
                Assert.True(buffer.AsSpan(0, received).SequenceEqual(message));
            }
        }

        await socket.CloseAsync((WebSocketCloseStatus)4001, "enough", cancellationToken);
        Assert.Equal(4001, (int)socket.CloseStatus!);
    }

    private string Address(string transport) => $"ws://{hosts[transport].EndPoint}/echo";
}

using System.Net.Sockets;
using System.Text;
using Duplex.Conformance.Tests.Hosts;
using Duplex.Execution;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.Conformance.Tests;

/// <summary>Two ends of ours that stream to each other, with little room between them.</summary>
public sealed class BothEndsStreamTests
{
    private const int Part = 64 * 1024, Parts = 256, SocketBufferBytes = 8 * 1024;

    // A connection that stands still fails by its ping.
    private static readonly WebSocketConnectionOptions Options = new()
    {
        MaxMessageBytes = Part * Parts,
        PingInterval = TimeSpan.FromSeconds(30),
        PongTimeout = TimeSpan.FromSeconds(20),
    };

    public static TheoryData<string> Each => [.. Transports.Available];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Each))]
    public async Task Both_ends_stream_at_once_through_small_socket_buffers(string transport)
    {
        var served = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var application = await StartAsync(transport, connection => ExchangeAsync(connection, served));
        var address = new Uri(application.Urls.First());

        using var socket = WithSmallBuffers(new Socket(SocketType.Stream, ProtocolType.Tcp));
        await socket.ConnectAsync(address.Host, address.Port, Token);
        await using var stream = new NetworkStream(socket);
        await UpgradeAsync(stream);
        var received = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var setup = new ConnectionSetup
        {
            Shard = new ThreadPoolShard(TimeProvider.System, NullLogger.Instance),
            Handler = new AsyncHandler(connection => ExchangeAsync(connection, received), 256 * 1024, NullLogger.Instance),
            Options = Options,
            Logger = NullLogger.Instance,
            Role = Role.Client,
            MaskingKeys = () => 0x01020304,
        };
        await new StreamConnection(setup, new SocketTransport(socket, stream)).RunAsync();

        Assert.Equal(((long)Part * Parts, (long)Part * Parts), (await received.Task, await served.Task));
    }

    private static async Task ExchangeAsync(AsyncConnection connection, TaskCompletionSource<long> received)
    {
        try
        {
            var sending = SendAsync();
            await using var messages = connection.StreamAllAsync().GetAsyncEnumerator();
            Assert.True(await messages.MoveNextAsync());
            var buffer = new byte[Part];
            var total = 0L;
            while (await messages.Current.ReadAsync(buffer) is var count and > 0) total += count;
            await sending;
            received.SetResult(total);
        }
        catch (Exception exception)
        {
            received.TrySetException(exception);
        }

        async Task SendAsync()
        {
            await using var message = connection.BeginMessage(MessageType.Binary);
            for (var i = 0; i < Parts; i++) await message.WriteAsync(new byte[Part]);
            await message.CompleteAsync();
        }
    }

    private static async Task<WebApplication> StartAsync(string transport, Func<AsyncConnection, Task> serve)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // Accepted sockets inherit the buffers of the listening one.
        builder.Services.Configure<SocketTransportOptions>(options =>
            options.CreateBoundListenSocket = endpoint => WithSmallBuffers(SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint)));
        Transports.Use(transport, builder);
        var application = builder.Build();
        application.MapWebSocket("/", serve, Options);
        await application.StartAsync(Token);
        return application;
    }

    private static Socket WithSmallBuffers(Socket socket)
    {
        socket.SendBufferSize = socket.ReceiveBufferSize = SocketBufferBytes;
        return socket;
    }

    private static async Task UpgradeAsync(NetworkStream stream)
    {
        await stream.WriteAsync(
            "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8.ToArray(),
            Token);
        var response = new StringBuilder();
        var next = new byte[1];
        while (!response.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(next, Token);
            response.Append((char)next[0]);
        }

        Assert.StartsWith("HTTP/1.1 101 ", response.ToString(), StringComparison.Ordinal);
    }

    private sealed class SocketTransport(Socket socket, Stream stream) : StreamTransport
    {
        public override Stream Stream => stream;

        public override void ShutdownSending() => socket.Shutdown(SocketShutdown.Send);

        public override void Abort() => socket.Dispose();
    }
}

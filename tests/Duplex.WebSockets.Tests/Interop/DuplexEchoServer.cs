using System.Net;
using System.Net.Sockets;
using Duplex.Execution;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Streams;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Tests.Interop;

/// <summary>Our engine as an echo server on a free port of the loopback.</summary>
internal sealed class DuplexEchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ThreadPoolShard _shard = new(TimeProvider.System, NullLogger.Instance);
    private readonly DeflateOptions? _compression;
    private readonly Func<IWebSocketHandler> _handler;
    private readonly int _maxMessageBytes;
    private readonly Task _accepting;

    public DuplexEchoServer(DeflateOptions? compression = null, Func<IWebSocketHandler>? handler = null, int maxMessageBytes = 1024 * 1024)
    {
        _maxMessageBytes = maxMessageBytes;
        _handler = handler ?? (static () => new EchoHandler());
        _compression = compression;
        _listener.Start();
        Uri = new Uri($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAllAsync();
    }

    public Uri Uri { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptSocketAsync()));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        await using var stream = new NetworkStream(socket);
        var reader = new UpgradeRequestReader(HandshakeLimits.Default);
        var received = new byte[32 * 1024];
        for (var length = 0; reader.Request is null;)
        {
            length += await stream.ReadAsync(received.AsMemory(length));
            Assert.NotEqual(HandshakeResult.Invalid, reader.Read(received.AsSpan(0, length)));
        }

        Assert.True(CompressionResponse.TryCreate(reader.Request.Extensions, _compression, out var compression));
        compression.TryCreateCodecs(out var inflater, out var deflater);
        var response = new byte[UpgradeResponse.AcceptLength(extensions: compression.Field)];
        UpgradeResponse.WriteAccept(response, reader.Request.Key, extensions: compression.Field);
        await stream.WriteAsync(response);
        await new StreamConnection(
            new ConnectionSetup
            {
                Shard = _shard,
                Handler = _handler(),
                Options = new WebSocketConnectionOptions { MaxMessageBytes = _maxMessageBytes, MaxQueuedBytes = null },
                Logger = NullLogger.Instance,
                Inflater = inflater,
                Deflater = deflater,
            },
            new SocketTransport(socket, stream)).RunAsync();
    }

    private sealed class EchoHandler : IWebSocketHandler
    {
        public void OnOpen(WebSocketConnection connection) { }

        public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
        {
            if (message.Payload.SequenceEqual("close"u8)) connection.Close((Protocol.Closing.CloseCode)4001, "as you wish");
            else if (message.Payload.SequenceEqual("drop"u8)) connection.Abort();
            else connection.Send(message.Payload, message.Type);
        }

        public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) { }
    }

    private sealed class SocketTransport(Socket socket, Stream stream) : StreamTransport
    {
        public override Stream Stream => stream;

        public override void ShutdownSending() => socket.Shutdown(SocketShutdown.Send);

        public override void Abort() => socket.Dispose();
    }
}

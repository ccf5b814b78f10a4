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

namespace AotEchoServer;

internal sealed class EchoConnection(Socket socket, Stream stream) : StreamTransport, IWebSocketHandler
{
    public override Stream Stream => stream;

    public static async Task ServeAsync(Socket socket, ThreadPoolShard shard)
    {
        using var _ = socket;
        await using var stream = new NetworkStream(socket);
        var reader = new UpgradeRequestReader(HandshakeLimits.Default);
        var received = new byte[HandshakeLimits.Default.MaxHeadBytes];
        for (var length = 0; reader.Request is null;)
        {
            var count = await stream.ReadAsync(received.AsMemory(length));
            length += count;
            if (count == 0 || reader.Read(received.AsSpan(0, length)) is HandshakeResult.Invalid or HandshakeResult.NotAnUpgrade) return;
        }

        if (!CompressionResponse.TryCreate(reader.Request.Extensions, new DeflateOptions(), out var compression)) return;
        var response = new byte[UpgradeResponse.AcceptLength(extensions: compression.Field)];
        UpgradeResponse.WriteAccept(response, reader.Request.Key, extensions: compression.Field);
        await stream.WriteAsync(response);

        compression.TryCreateCodecs(out var inflater, out var deflater);
        var connection = new EchoConnection(socket, stream);
        var setup = new ConnectionSetup
        {
            Shard = shard,
            Handler = connection,
            Options = WebSocketConnectionOptions.Default,
            Logger = NullLogger.Instance,
            Inflater = inflater,
            Deflater = deflater,
        };
        await new StreamConnection(setup, connection).RunAsync();
    }

    public override void ShutdownSending() => socket.Shutdown(SocketShutdown.Send);

    public override void Abort() => socket.Dispose();

    public void OnOpen(WebSocketConnection connection) { }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) => connection.Send(message.Payload, message.Type);

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) { }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Duplex.Protocol.Framing;

namespace Tests.Shared.Sockets;

/// <summary>A client that sends and receives bytes: a test can send any bytes, split them anywhere, and stop reading.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket;

    private RawClient(Socket socket) => _socket = socket;

    public Socket Socket => _socket;

    private static CancellationToken Token => Limit.Token;

    public static Task<RawClient> ConnectAsync(IPEndPoint server, int? receiveBufferBytes = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBufferBytes is { } bytes) socket.ReceiveBufferSize = bytes;
        return ConnectAsync(server, socket);
    }

    public static async Task<RawClient> ConnectAsync(IPEndPoint server, Socket socket)
    {
        await socket.ConnectAsync(server, Token);
        return new RawClient(socket);
    }

    public static async Task<RawClient> UpgradeAsync(IPEndPoint server, string path, int? receiveBufferBytes = null)
    {
        var client = await ConnectAsync(server, receiveBufferBytes);
        await client.SendAsync(UpgradeRequest(path));
        var head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        return client;
    }

    public static string UpgradeRequest(string path, string more = "") =>
        $"GET {path} HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{more}\r\n";

    public static byte[] Frame(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameWriter.HeaderLength(payload.Length, isMasked: true) + payload.Length];
        FrameWriter.WriteMaskedFrame(frame, opcode, payload, 0x04030201);
        return frame;
    }

    public async Task SendAsync(params byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;) sent += await _socket.SendAsync(bytes.AsMemory(sent), Token);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public Task SendFrameAsync(Opcode opcode, ReadOnlySpan<byte> payload) => SendAsync(Frame(opcode, payload));

    /// <summary>Reads to the end of the empty line, and no further byte.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var bytes = new byte[4096];
        var length = 0;
        while (true)
        {
            var peeked = await _socket.ReceiveAsync(bytes, SocketFlags.Peek, Token);
            var end = bytes.AsSpan(0, peeked).IndexOf("\r\n\r\n"u8);
            if (end >= 0) return Encoding.ASCII.GetString(await ReadAsync(end + 4));
            if (peeked == length) throw new EndOfStreamException(Encoding.ASCII.GetString(bytes, 0, length));
            length = peeked;
        }
    }

    public async Task<(Opcode Opcode, byte[] Payload)> ReadFrameAsync()
    {
        var start = await ReadAsync(2);
        var length = start[1] switch
        {
            126 => (await ReadAsync(2)).Aggregate(0, (sum, b) => (sum << 8) | b),
            127 => (await ReadAsync(8)).Aggregate(0, (sum, b) => (sum << 8) | b),
            var small => small,
        };
        return ((Opcode)(start[0] & 0x0F), await ReadAsync(length));
    }

    /// <summary>Reads to the end of the stream. A reset throws.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await _socket.ReceiveAsync(buffer, Token) is var length and > 0) all.Write(buffer.AsSpan(0, length));
        return all.ToArray();
    }

    public async Task<byte[]> ReadAsync(int length)
    {
        var bytes = new byte[length];
        await FillAsync(bytes);
        return bytes;
    }

    /// <summary>Reads exactly as many bytes as the buffer holds.</summary>
    public async Task FillAsync(Memory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var received = await _socket.ReceiveAsync(bytes, Token);
            if (received == 0) throw new EndOfStreamException();
            bytes = bytes[received..];
        }
    }

    /// <summary>Ends the sending side; reading continues.</summary>
    public void ShutdownSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();
}

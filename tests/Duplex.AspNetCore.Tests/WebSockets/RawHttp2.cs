using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Duplex.AspNetCore.Tests.WebSockets;

/// <summary>One WebSocket on one HTTP/2 connection without TLS, frame by frame. RFC 9113 section 4, RFC 8441.</summary>
internal sealed class RawHttp2 : IAsyncDisposable
{
    public const int Data = 0, RstStream = 3, EndStream = 1, Cancel = 8;
    private const int Headers = 1, Settings = 4, EndHeaders = 4, Stream = 1, HeaderBytes = 9;

    private readonly NetworkStream _stream;

    private RawHttp2(NetworkStream stream) => _stream = stream;

    public static async Task<RawHttp2> OpenAsync(EchoApplication application, string path)
    {
        var address = application.WebSocketAddress(path);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", address.Port, EchoApplication.Limit);
        var peer = new RawHttp2(new NetworkStream(socket, ownsSocket: true));
        await peer._stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), EchoApplication.Limit);
        await peer.WriteAsync(Settings, 0, 0, []);
        byte[] fields =
        [
            .. Field(":method", "CONNECT"), .. Field(":protocol", "websocket"), .. Field(":scheme", "http"), .. Field(":path", path),
            .. Field(":authority", $"127.0.0.1:{address.Port}"), .. Field("sec-websocket-version", "13"),
        ];
        await peer.WriteAsync(Headers, EndHeaders, Stream, fields);
        while ((await peer.ReadAsync()).Type != Headers) { }
        return peer;
    }

    public Task SendAsync(byte[] bytes, bool endsStream = false) => WriteAsync(Data, endsStream ? EndStream : 0, Stream, bytes);

    /// <summary>The frame with which the server ends the stream, and its flags or its error code.</summary>
    public async Task<(int Type, int Detail)> ReadEndAsync()
    {
        while (true)
        {
            var (type, flags, payload) = await ReadAsync();
            if (type == RstStream) return (type, BinaryPrimitives.ReadInt32BigEndian(payload));
            if (type is Data or Headers && (flags & EndStream) != 0) return (Data, EndStream);
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<(int Type, int Flags, byte[] Payload)> ReadAsync()
    {
        var header = new byte[HeaderBytes];
        await _stream.ReadExactlyAsync(header, EchoApplication.Limit);
        var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
        await _stream.ReadExactlyAsync(payload, EchoApplication.Limit);
        return (header[3], header[4], payload);
    }

    private async Task WriteAsync(int type, int flags, int stream, byte[] payload)
    {
        byte[] frame = [0, (byte)(payload.Length >> 8), (byte)payload.Length, (byte)type, (byte)flags, 0, 0, 0, (byte)stream, .. payload];
        await _stream.WriteAsync(frame, EchoApplication.Limit);
    }

    // RFC 7541 section 6.2.2: a literal that is not indexed, with a new name, neither of them compressed.
    private static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}

using System.Net.Sockets;
using System.Text;

namespace Duplex.AspNetCore.Tests.WebSockets;

/// <summary>A client that sends the bytes it is told and shows those that come back.</summary>
internal sealed class RawClient(NetworkStream stream) : IAsyncDisposable
{
    public const string Handshake =
        "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    public static async Task<RawClient> OpenAsync(EchoApplication application, string target = "/echo")
    {
        var client = new RawClient(await application.ConnectAsync());
        await client.SendAsync(Handshake.Replace("/echo", target, StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 101", await client.ReadHeadAsync(), StringComparison.Ordinal);
        return client;
    }

    public ValueTask SendAsync(string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), EchoApplication.Limit);

    public ValueTask SendAsync(params byte[] bytes) => stream.WriteAsync(bytes, EchoApplication.Limit);

    /// <summary>Sends a text of less than 126 bytes, masked with zeros.</summary>
    public ValueTask SendTextAsync(string text) => SendAsync([0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)]);

    /// <summary>Reads one frame of less than 64 KiB: its first byte and its payload.</summary>
    public async Task<(byte First, byte[] Payload)> ReadFrameAsync()
    {
        var head = await ReadAsync(2);
        var length = head[1] < 126 ? head[1] : System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2));
        return (head[0], await ReadAsync(length));
    }

    public void ShutdownSending() => stream.Socket.Shutdown(SocketShutdown.Send);

    /// <summary>Reads up to and including the empty line.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append(Encoding.Latin1.GetString(await ReadAsync(1)));
        return head.ToString();
    }

    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, EchoApplication.Limit);
        return bytes;
    }

    /// <summary>Reads until the server ends its side. A reset is a failure.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, EchoApplication.Limit);
        return bytes.ToArray();
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}

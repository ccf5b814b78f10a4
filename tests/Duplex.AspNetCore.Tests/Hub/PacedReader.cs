using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>A client of the hub that takes a number of bytes a second from its socket, and no more, whatever has arrived.</summary>
internal sealed class PacedReader : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _input = new byte[256 * 1024];
    private bool _isStream;
    private int _length;
    private int _position;

    /// <summary>Bytes a second; 0 for as fast as possible.</summary>
    public int BytesPerSecond { get; init; }

    public bool AnswersPings { get; init; } = true;

    /// <summary>The socket's receive buffer; 0 for the system's default.</summary>
    public int ReceiveBufferBytes { get; init; }

    public long ReadBytes { get; private set; }

    /// <summary>Opens a one-way stream of server-sent events in place of a WebSocket.</summary>
    public async Task OpenStreamAsync(Uri address, string channel)
    {
        _isStream = true;
        await ConnectAsync(address, "/connection/uni_sse?cf_connect=" + Uri.EscapeDataString("{\"subs\":{\"" + channel + "\":{}}}"), "");
    }

    public async Task OpenAsync(Uri address, string channel)
    {
        await ConnectAsync(address, address.PathAndQuery, "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        await SendAsync(0x81, """{"id":1,"connect":{}}"""u8.ToArray());
        await SendAsync(0x81, Encoding.UTF8.GetBytes($$$"""{"id":2,"subscribe":{"channel":"{{{channel}}}"}}"""));
        await ReadAsync(static text => !text.Contains("\"id\":2", StringComparison.Ordinal), HubApplication.Limit);
    }

    /// <summary>Reads messages until one is rejected.</summary>
    public async Task ReadAsync(Func<string, bool> next, CancellationToken cancellationToken)
    {
        var (clock, start) = (Stopwatch.StartNew(), ReadBytes);
        while (true)
        {
            while (TryTake(out var opcode, out var payload))
            {
                if (opcode == 9 && AnswersPings) await SendAsync(0x8A, payload);
                if (opcode == 1 && !next(Encoding.UTF8.GetString(payload))) return;
            }

            _input.AsSpan(_position, _length - _position).CopyTo(_input);
            (_length, _position) = (_length - _position, 0);
            var room = _input.Length - _length;
            if (BytesPerSecond > 0)
            {
                var due = (long)(clock.Elapsed.TotalSeconds * BytesPerSecond) - (ReadBytes - start);
                if (due <= 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
                    continue;
                }

                room = (int)Math.Min(room, due);
            }

            var received = await _socket.ReceiveAsync(_input.AsMemory(_length, room), cancellationToken);
            if (received == 0) throw new EndOfStreamException();
            _length += received;
            ReadBytes += received;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ConnectAsync(Uri address, string target, string fields)
    {
        if (ReceiveBufferBytes > 0) _socket.ReceiveBufferSize = ReceiveBufferBytes;
        await _socket.ConnectAsync(IPAddress.Loopback, address.Port);
        await _socket.SendAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {address.Authority}\r\n{fields}\r\n"));
        int end;
        while ((end = _input.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0) _length += await _socket.ReceiveAsync(_input.AsMemory(_length));
        _position = end + 4;
    }

    private bool TryTake(out int opcode, out byte[] payload)
    {
        (opcode, payload) = (0, []);
        var bytes = _input.AsSpan(_position, _length - _position);
        if (_isStream)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0) return false;
            (opcode, payload) = (1, bytes[..end].ToArray());
            _position += end + 1;
            return true;
        }

        if (bytes.Length < 2) return false;
        var header = bytes[1] switch { < 126 => 2, 126 => 4, _ => 10 };
        if (bytes.Length < header) return false;
        var length = header switch
        {
            2 => bytes[1],
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
        };
        if (bytes.Length < header + length) return false;
        (opcode, payload) = (bytes[0] & 0xF, bytes.Slice(header, length).ToArray());
        _position += header + length;
        return true;
    }

    // Masked with zeros, as RFC 6455 section 5.3 allows.
    private async Task SendAsync(byte first, byte[] payload) =>
        await _socket.SendAsync((byte[])[first, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]);
}

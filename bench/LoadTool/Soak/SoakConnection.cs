using System.Net;
using System.Net.Sockets;
using LoadTool.Sockets;

namespace LoadTool.Soak;

/// <summary>Connection of the soak, from its handshake to its end, with non-blocking calls only.</summary>
internal sealed class SoakConnection : IDisposable
{
    private static readonly byte[] Pong = ClientFrame.Pong([]);
    private const byte FirstControlOpcode = 0x8, CloseOpcode = 0x8, PingOpcode = 0x9;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _head = new byte[512];
    private readonly Queue<byte[]> _unsent = new();
    private int _unsentFrom;
    private int _headLength;
    private ServerFrames _frames;

    public SoakConnection(Target target, Behaviour behaviour, byte content)
    {
        Behaviour = behaviour;
        Content = content;
        _socket.Connect(new IPEndPoint(target.Address, target.Port));
        _socket.Blocking = false;
        Send(behaviour == Behaviour.HalfHandshake ? target.UpgradeRequest[..40] : target.UpgradeRequest);
    }

    public Behaviour Behaviour { get; }

    public int Descriptor => (int)_socket.Handle;

    public bool IsOpen { get; private set; }

    /// <summary>Payload bytes sent and not yet echoed.</summary>
    public long Outstanding { get; private set; }

    /// <summary>Due time of the message in flight, in stopwatch ticks; 0 if there is none.</summary>
    public long SentAt { get; set; }

    public bool SawClose { get; private set; }

    /// <summary>Value of every payload byte of this connection, which differs between connections so that mixed-up bytes are detected.</summary>
    public byte Content { get; }

    /// <summary>Whether the server returned more bytes than were sent, or different ones; a correct server never does.</summary>
    public bool HasMismatch { get; private set; }

    public void SendMessage(byte[] frame, int payload)
    {
        Outstanding += payload;
        Send(frame);
    }

    /// <summary>Sends a close frame with 1000.</summary>
    public void SendClose() => Send([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8]);

    public void ShutdownSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Reads all available bytes. Returns false if the server has ended the connection.</summary>
    public bool Read(byte[] buffer)
    {
        while (true)
        {
            var length = _socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return true;
            if (error != SocketError.Success || length == 0) return false;
            Take(buffer.AsSpan(0, length));
        }
    }

    public void Flush()
    {
        while (_unsent.TryPeek(out var bytes))
        {
            var sent = _socket.Send(bytes, _unsentFrom, bytes.Length - _unsentFrom, SocketFlags.None, out var error);
            // A send that fails permanently is reported as the end of the connection by the next read.
            if (error != SocketError.Success) return;
            _unsentFrom += sent;
            if (_unsentFrom < bytes.Length) continue;
            _unsent.Dequeue();
            _unsentFrom = 0;
        }
    }

    /// <summary>Resets the connection, so that no port remains in TIME_WAIT.</summary>
    public void Dispose()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    private void Send(byte[] bytes)
    {
        _unsent.Enqueue(bytes);
        Flush();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (!IsOpen && bytes.Length > 0)
        {
            if (_headLength == _head.Length) throw new InvalidOperationException("The response head is too long.");
            _head[_headLength++] = bytes[0];
            bytes = bytes[1..];
            if (!_head.AsSpan(0, _headLength).EndsWith("\r\n\r\n"u8)) continue;
            if (!_head.AsSpan().StartsWith("HTTP/1.1 101"u8))
            {
                // The server answers half handshakes with 408 and closes; for other connections the caller counts a failure.
                _headLength = 0;
                return;
            }

            IsOpen = true;
        }

        while (_frames.TryRead(ref bytes, out var payload))
        {
            if (_frames.Opcode < FirstControlOpcode)
            {
                Outstanding -= payload.Length;
                HasMismatch |= Outstanding < 0 || payload.IndexOfAnyExcept(Content) >= 0;
            }

            if (!_frames.IsEnd) continue;
            if (_frames.Opcode == CloseOpcode) SawClose = true;

            // The soak's server pings with an empty payload, so the pong has none either.
            if (_frames.Opcode == PingOpcode && Behaviour != Behaviour.HalfOpen) Send(Pong);
        }
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace LoadTool.Sockets;

/// <summary>Raw client socket that completes the handshake and then only counts bytes, which keeps it cheap.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int TcpLevel = 6;
    private const int QuickAcknowledgement = 12;

    private readonly Socket _socket;
    private ArraySegment<byte> _unsent;

    private LoadConnection(Socket socket)
    {
        _socket = socket;
        Descriptor = (int)socket.Handle;
    }

    public int Descriptor { get; }

    /// <summary>Bytes of the current round that have not arrived yet.</summary>
    public long Expected { get; set; }

    /// <summary>Whether the kernel accepted only a part of a send; the loop then waits until the socket is writable.</summary>
    public bool HasUnsent => _unsent.Count > 0;

    /// <summary>Connects, sends the upgrade request and reads up to the end of the response head.</summary>
    public static LoadConnection Open(Target target, int? receiveBufferBytes = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBufferBytes is { } size) socket.ReceiveBufferSize = size;
        socket.Connect(new IPEndPoint(target.Address, target.Port));
        socket.Send(target.UpgradeRequest);
        ExpectSwitchingProtocols(socket);
        return new LoadConnection(socket);
    }

    /// <summary>Sends a frame and waits for one reply, for the opening exchange of a message protocol.</summary>
    public string Exchange(ReadOnlySpan<byte> frame)
    {
        _socket.Send(frame);
        return ReadSome();
    }

    /// <summary>Waits up to a second for bytes and returns them as text for diagnosis.</summary>
    public string ReadSome()
    {
        _socket.ReceiveTimeout = 1000;
        var buffer = new byte[16 * 1024];
        try
        {
            return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return "";
        }
    }

    /// <summary>Sends a frame and waits for one reply, which must be compressed too.</summary>
    /// <returns>The length of the reply, including its header.</returns>
    public long MeasureAnswer(ReadOnlySpan<byte> frame)
    {
        _socket.Send(frame);
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (true)
        {
            var read = _socket.Receive(buffer.AsSpan(length));
            length += read;
            if (read == 0 || length == buffer.Length) throw new InvalidOperationException("The server did not reply to a compressed message.");
            if (length < 4) continue;
            if ((buffer[0] & 0x40) == 0) throw new InvalidOperationException("The server's reply is not compressed.");
            var whole = buffer[1] < 126 ? 2 + buffer[1] : 4 + BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(2));
            if (length >= whole) return whole;
        }
    }

    public void GoNonBlocking() => _socket.Blocking = false;

    /// <summary>
    /// Delays and combines the kernel's acknowledgements (Linux, TCP_QUICKACK off): an acknowledgement per message costs
    /// a listener more than reading it, and the generator must not limit a fan-out.
    /// </summary>
    public void AcknowledgeLater() => _socket.SetRawSocketOption(TcpLevel, QuickAcknowledgement, stackalloc byte[sizeof(int)]);

    /// <summary>Reads up to this many available bytes. Returns false if the server has ended the connection.</summary>
    public unsafe bool TryRead(int length)
    {
        var bytes = stackalloc byte[length];
        return Libc.Receive(Descriptor, bytes, length, 0) is var read && (read > 0 || (read < 0 && Marshal.GetLastPInvokeError() is Libc.Again));
    }

    /// <summary>Sends all bytes behind earlier ones, and keeps those that the kernel does not accept until <see cref="Flush"/>.</summary>
    public void Send(byte[] frames)
    {
        _unsent = HasUnsent ? (byte[])[.. _unsent, .. frames] : frames;
        Flush();
    }

    public unsafe void Flush()
    {
        while (_unsent.Count > 0)
        {
            nint sent;
            fixed (byte* bytes = _unsent.AsSpan()) sent = Libc.Send(Descriptor, bytes, _unsent.Count, Libc.MessageNoSignal);
            if (sent < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error is Libc.Again) return;
                throw new SocketException(error);
            }

            _unsent = _unsent[(int)sent..];
        }
    }

    /// <summary>Resets the connection, so that no port remains in TIME_WAIT.</summary>
    public void Dispose()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    private static void ExpectSwitchingProtocols(Socket socket)
    {
        // A peek finds the end of the head; frames that follow it at once stay in the socket.
        Span<byte> head = stackalloc byte[4096];
        int length;
        while (true)
        {
            var seen = socket.Receive(head, SocketFlags.Peek);
            var end = head[..seen].IndexOf("\r\n\r\n"u8);
            length = end < 0 ? seen : end + 4;
            if (end >= 0) break;
            if (seen == 0 || seen == head.Length)
                throw new InvalidOperationException("The server ended the handshake: " + Encoding.ASCII.GetString(head[..seen]));
        }

        socket.Receive(head[..length]);
        if (!head.StartsWith("HTTP/1.1 101"u8))
            throw new InvalidOperationException("The server refused the upgrade: " + Encoding.ASCII.GetString(head[..length]));
    }
}

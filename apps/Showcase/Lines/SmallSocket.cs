using System.Net;
using System.Net.Sockets;

namespace Showcase.Lines;

/// <summary>
/// Creates sockets with small kernel buffers, so that bytes that a line does not carry stay with their sender instead of
/// filling megabytes of the kernel's memory in between.
/// </summary>
internal static class SmallSocket
{
    private const int BufferBytes = 8 * 1024;
    private const int TcpMaxSegment = 2;

    // Loopback has segments of 64 KiB, and Linux sizes a sender's buffer by segments (tcp_sndbuf_expand): with the segments
    // of RFC 879 the peer's buffer begins with some 30 KiB instead of more than 1 MiB.
    private const int SegmentBytes = 536;

    /// <summary>Creates a socket. Sockets that a listener accepts inherit its sizes.</summary>
    public static Socket Create(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveBufferSize = BufferBytes,
            SendBufferSize = BufferBytes,
        };
        if (OperatingSystem.IsLinux()) socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpMaxSegment, BitConverter.GetBytes(SegmentBytes));
        return socket;
    }

    /// <summary>Creates a socket that listens on a free port of loopback.</summary>
    public static Socket Listen(int backlog)
    {
        var socket = Create(AddressFamily.InterNetwork);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(backlog);
        return socket;
    }
}

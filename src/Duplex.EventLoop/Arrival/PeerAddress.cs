using System.Buffers.Binary;
using System.Net;
using Duplex.EventLoop.Interop;

namespace Duplex.EventLoop.Arrival;

/// <summary>Reads the remote address of a socket (<c>struct sockaddr_in</c>, <c>sockaddr_in6</c>).</summary>
internal static unsafe class PeerAddress
{
    private const ushort Inet = 2;
    private const ushort Inet6 = 10;

    /// <returns>The address; null when the socket is no longer connected or is not TCP.</returns>
    public static IPEndPoint? Of(int fd)
    {
        var bytes = stackalloc byte[128];
        var length = 128;
        if (LibC.GetPeerName(fd, bytes, &length) != 0) return null;
        var port = BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(bytes + 2, 2));
        return *(ushort*)bytes switch
        {
            Inet => new IPEndPoint(new IPAddress(new ReadOnlySpan<byte>(bytes + 4, 4)), port),
            Inet6 => new IPEndPoint(Address6(bytes), port),
            _ => null,
        };
    }

    private static IPAddress Address6(byte* bytes)
    {
        // struct sockaddr_in6: family 2 bytes, port 2, flow 4, address 16, scope 4.
        var address = new IPAddress(new ReadOnlySpan<byte>(bytes + 8, 16), *(uint*)(bytes + 24));
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}

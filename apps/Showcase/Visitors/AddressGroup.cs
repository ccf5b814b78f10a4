using System.Net;
using System.Net.Sockets;

namespace Showcase.Visitors;

/// <summary>
/// A group of addresses that limits treat as one machine: an IPv4 address, or the 64-bit prefix of an IPv6 address, because
/// a single host commonly owns all addresses of its prefix (RFC 4291 2.5.4, RFC 8981).
/// </summary>
public static class AddressGroup
{
    private const int PrefixBytes = 8;

    /// <summary>Returns the name of a peer's group; all peers without an IP address share the empty name.</summary>
    public static string Of(EndPoint? peer)
    {
        if (peer is not IPEndPoint { Address: var address }) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}

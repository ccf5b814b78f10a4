using System.Net;
using Duplex.Protocol.Handshake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Duplex.EventLoop.Arrival;

/// <summary>
/// Resolves the client's address behind proxies by the options of ASP.NET Core's forwarded-headers middleware: read
/// from the right, an entry counts only if the hop before it is a known proxy.
/// </summary>
internal sealed class ForwardedAddress(ForwardedHeadersOptions options)
{
    public IPEndPoint? Find(IPEndPoint? peer, UpgradeRequest request)
    {
        if (peer is null || (options.ForwardedHeaders & ForwardedHeaders.XForwardedFor) == 0) return peer;
        if (request.FindHeader(options.ForwardedForHeaderName) is not { } field) return peer;

        var entries = field.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var hops = Math.Min(entries.Length, options.ForwardLimit ?? int.MaxValue);
        for (var i = entries.Length - 1; i >= entries.Length - hops && IsKnown(peer.Address); i--)
        {
            if (!IPEndPoint.TryParse(entries[i], out var client)) break;
            peer = client;
        }

        return peer;
    }

    private bool IsKnown(IPAddress address)
    {
        // Empty lists trust every hop, as in the middleware.
        if (options.KnownIPNetworks.Count == 0 && options.KnownProxies.Count == 0) return true;
        if (address.IsIPv4MappedToIPv6 && IsKnown(address.MapToIPv4())) return true;
        if (options.KnownProxies.Contains(address)) return true;
        foreach (var network in options.KnownIPNetworks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }
}

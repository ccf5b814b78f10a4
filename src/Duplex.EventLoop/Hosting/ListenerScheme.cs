using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Duplex.EventLoop.Hosting;

/// <summary>
/// The scheme of an address, as Kestrel lists it once the address is bound. Until then, and where the scheme is https,
/// connections go to Kestrel from their first byte, so that no plain HTTP is served there. Safe from any thread.
/// </summary>
internal sealed class ListenerScheme(IServerAddressesFeature? addresses, IPEndPoint endPoint)
{
    private volatile string? _scheme;

    public bool IsPlainHttp => (_scheme ??= Find()) == Uri.UriSchemeHttp;

    private string? Find()
    {
        foreach (var text in addresses?.Addresses ?? [])
        {
            var address = BindingAddress.Parse(text);
            if (address.Port == endPoint.Port && IsHost(address.Host)) return address.Scheme;
        }

        return null;
    }

    private bool IsHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            ? IPAddress.IsLoopback(endPoint.Address)
            : IPAddress.TryParse(host, out var address) && address.Equals(endPoint.Address);
}

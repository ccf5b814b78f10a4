using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Duplex.EventLoop.Hosting;

/// <summary>
/// What is spoken on an address, as Kestrel lists it once the address is bound. Until then, and where TLS is due,
/// connections are Kestrel's from their first byte, so that nothing but TLS is answered there. Safe from any thread.
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

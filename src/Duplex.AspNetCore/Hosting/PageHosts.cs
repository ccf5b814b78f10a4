using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Duplex.AspNetCore.Hosting;

/// <summary>
/// Validates the Host field of requests from web pages in an insecure mode, in which only the network protects the server.
/// A page whose domain resolves to this server's address (DNS rebinding) has the same origin as the server; only the Host
/// field reveals it. Names that public DNS does not resolve are accepted: literal addresses, <c>localhost</c>, and names
/// without a dot. If the application filters hosts (<c>AllowedHosts</c>), that filter applies instead.
/// </summary>
internal sealed class PageHosts
{
    private readonly bool _isFiltered;

    private PageHosts(bool isFiltered) => _isFiltered = isFiltered;

    public static PageHosts Of(IServiceProvider services)
    {
        var allowed = services.GetService<IOptions<HostFilteringOptions>>()?.Value.AllowedHosts;
        return new PageHosts(allowed is { Count: > 0 } && !allowed.Any(static host => host is "*" or "[::]" or "0.0.0.0"));
    }

    /// <param name="host">The Host field, with the port if it was sent.</param>
    public bool Accept(string host) => _isFiltered || IsLocal(host);

    private static bool IsLocal(string host)
    {
        if (host.StartsWith('[')) return true;
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? host : host[..colon];
        return !name.Contains('.', StringComparison.Ordinal)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(name, out _);
    }
}

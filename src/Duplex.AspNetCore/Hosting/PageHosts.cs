using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Duplex.AspNetCore.Hosting;

/// <summary>
/// The Host fields with which web pages may use an insecure mode, where nothing but the network protects the server.
/// A page whose name its owner resolves to this server's address (DNS rebinding) is of one origin with it; only the name
/// gives it away. Names that no public name server answers for are accepted: literal addresses, <c>localhost</c>, and
/// names without a dot. Where the application filters hosts itself (<c>AllowedHosts</c>), that filter decides.
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

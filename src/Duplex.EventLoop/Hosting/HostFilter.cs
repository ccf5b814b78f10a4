using System.Text;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Duplex.EventLoop.Hosting;

/// <summary>
/// Filters requests by Host header, by the options of ASP.NET Core's host filtering (the setting <c>AllowedHosts</c>),
/// because its middleware does not process requests that stay on a loop. Safe from any thread.
/// </summary>
internal sealed class HostFilter(IOptionsMonitor<HostFilteringOptions> options)
{
    private Patterns? _patterns;

    /// <param name="host">The header's value, ASCII.</param>
    public bool Allows(ReadOnlySpan<byte> host)
    {
        var current = options.CurrentValue;
        var patterns = Volatile.Read(ref _patterns);
        if (patterns?.Options != current) Volatile.Write(ref _patterns, patterns = new Patterns(current));
        return patterns.Allow(host);
    }

    private sealed class Patterns(HostFilteringOptions options)
    {
        // An empty list disables filtering. The three values match every host, as in the middleware.
        private readonly bool _isOpen = options.AllowedHosts.Count == 0 || options.AllowedHosts.Any(host => host is "*" or "[::]" or "0.0.0.0");
        private readonly StringSegment[] _hosts = [.. options.AllowedHosts.Select(host => (StringSegment)new HostString(host).ToUriComponent())];

        public HostFilteringOptions Options { get; } = options;

        public bool Allow(ReadOnlySpan<byte> host) =>
            _isOpen || (host.Length > 0 && HostString.MatchesAny(Encoding.ASCII.GetString(host), _hosts));
    }
}

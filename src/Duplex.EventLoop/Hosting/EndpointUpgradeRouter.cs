using System.Text;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Duplex.EventLoop.Hosting;

/// <summary>
/// Finds the WebSocket endpoints that the application mapped, by path and host. Only those a loop can serve as
/// Kestrel would: of literal and plain parameter segments, and without authorization and rate limits, which are
/// middleware's.
/// </summary>
internal sealed class EndpointUpgradeRouter(
    EndpointDataSource endpoints, HostFilter hosts, IAuthorizationPolicyProvider? policies = null) : IUpgradeRouter
{
    private Table? _table;

    public WebSocketEndpoint? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host)
    {
        // The middleware refuses it.
        if (!hosts.Allows(host)) return null;
        var table = Volatile.Read(ref _table);
        if (table is null || table.Change.HasChanged) Volatile.Write(ref _table, table = new Table(endpoints, HasFallbackPolicy()));
        Span<char> sent = path.Length <= 512 ? stackalloc char[512] : new char[path.Length];
        Encoding.ASCII.GetChars(path, sent);
        Span<char> decoded = path.Length <= 512 ? stackalloc char[512] : new char[path.Length];
        return Uri.TryUnescapeDataString(sent[..path.Length], decoded, out var length) ? table.Find(decoded[..length], host) : null;
    }

    /// <summary>Whether endpoints without a policy of their own have one nevertheless.</summary>
    private bool HasFallbackPolicy() =>
        policies is not null && policies.GetFallbackPolicyAsync() is not { IsCompletedSuccessfully: true, Result: null };

    /// <summary>The endpoints as they are until the source says that they changed.</summary>
    private sealed class Table
    {
        private readonly List<Entry> _entries = [];

        public Table(EndpointDataSource source, bool hasFallbackPolicy)
        {
            // The token first: a change while the endpoints are listed is seen next time.
            Change = source.GetChangeToken();
            foreach (var endpoint in source.Endpoints.OfType<RouteEndpoint>().OrderBy(endpoint => endpoint.Order))
            {
                if (endpoint.Metadata.GetMetadata<WebSocketEndpoint>() is { } target) _entries.Add(new Entry(endpoint, target, hasFallbackPolicy));
            }
        }

        public IChangeToken Change { get; }

        public WebSocketEndpoint? Find(ReadOnlySpan<char> path, ReadOnlySpan<byte> host)
        {
            Entry? best = null;
            foreach (var entry in _entries)
            {
                if (entry.Matches(path, host) && (best is null || entry.Literals > best.Literals)) best = entry;
            }

            return best is { IsServable: true } ? best.Target : null;
        }
    }

    private sealed class Entry
    {
        private readonly IReadOnlyList<RoutePatternPathSegment> _segments;
        private readonly IReadOnlyList<string> _hosts;

        public Entry(RouteEndpoint endpoint, WebSocketEndpoint target, bool hasFallbackPolicy)
        {
            Target = target;
            _segments = endpoint.RoutePattern.PathSegments;
            _hosts = endpoint.Metadata.GetMetadata<IHostMetadata>()?.Hosts ?? [];
            Literals = _segments.Count(IsLiteral);
            IsServable = _segments.All(segment => IsLiteral(segment) || IsPlainParameter(segment, endpoint.RoutePattern))
                && endpoint.Metadata.GetMetadata<UpgradeOnKestrelAttribute>() is null
                && endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null
                && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
                && (!hasFallbackPolicy || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
        }

        public WebSocketEndpoint Target { get; }

        public bool IsServable { get; }

        public int Literals { get; }

        public bool Matches(ReadOnlySpan<char> path, ReadOnlySpan<byte> host)
        {
            var count = 0;
            foreach (var range in path.Split('/'))
            {
                var segment = path[range];
                if (segment.IsEmpty) continue;
                if (count == _segments.Count) return false;
                if (_segments[count++].Parts is [RoutePatternLiteralPart literal]
                    && !segment.Equals(literal.Content, StringComparison.OrdinalIgnoreCase)) return false;
            }

            return count == _segments.Count && (_hosts.Count == 0 || IsOneOf(_hosts, Encoding.ASCII.GetString(host)));
        }

        private static bool IsOneOf(IReadOnlyList<string> patterns, string host) => patterns.Any(pattern => IsHost(pattern, host));

        private static bool IsLiteral(RoutePatternPathSegment segment) => segment.Parts is [RoutePatternLiteralPart];

        private static bool IsPlainParameter(RoutePatternPathSegment segment, RoutePattern pattern) =>
            segment.Parts is [RoutePatternParameterPart { IsCatchAll: false, IsOptional: false, Default: null } part]
            && !pattern.ParameterPolicies.ContainsKey(part.Name);

        // The forms of RequireHost: a name, *.name, each with or without a port.
        private static bool IsHost(string pattern, string host)
        {
            var wanted = HostString.FromUriComponent(pattern);
            var given = HostString.FromUriComponent(host);
            if (wanted.Port is { } port && port != given.Port) return false;
            return wanted.Host == "*"
                || wanted.Host.Equals(given.Host, StringComparison.OrdinalIgnoreCase)
                || (wanted.Host.StartsWith("*.", StringComparison.Ordinal) && given.Host.EndsWith(wanted.Host[1..], StringComparison.OrdinalIgnoreCase));
        }
    }
}

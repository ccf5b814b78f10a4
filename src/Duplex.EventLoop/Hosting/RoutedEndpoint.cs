using System.Text;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Duplex.EventLoop.Hosting;

/// <summary>An application endpoint in the router's table, ordered by ASP.NET Core's route precedence.</summary>
internal sealed class RoutedEndpoint : IComparable<RoutedEndpoint>
{
    private readonly IReadOnlyList<RoutePatternPathSegment> _segments;
    private readonly HostString[] _hosts;
    private readonly int _order;
    private readonly decimal _precedence;

    public RoutedEndpoint(RouteEndpoint endpoint, bool hasFallbackPolicy)
    {
        var pattern = endpoint.RoutePattern;
        _segments = pattern.PathSegments;
        _hosts = [.. (endpoint.Metadata.GetMetadata<IHostMetadata>()?.Hosts ?? []).Select(static host => HostString.FromUriComponent(host))];
        _order = endpoint.Order;
        _precedence = pattern.InboundPrecedence;
        var isServable = _segments.All(segment => IsLiteral(segment) || IsPlainParameter(segment, pattern))
            && endpoint.Metadata.GetMetadata<UpgradeOnKestrelAttribute>() is null
            && endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null
            && endpoint.Metadata.GetMetadata<ICorsMetadata>() is null
            && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
            && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
            && (!hasFallbackPolicy || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
        Target = isServable ? endpoint.Metadata.GetMetadata<WebSocketEndpoint>() : null;
    }

    /// <summary>The endpoint that accepts the upgrade on a loop; null when Kestrel serves the request.</summary>
    public WebSocketEndpoint? Target { get; }

    public int CompareTo(RoutedEndpoint? other)
    {
        if (other is null) return 1;
        var order = _order.CompareTo(other._order);
        return order != 0 ? order : _precedence.CompareTo(other._precedence);
    }

    /// <summary>
    /// Returns whether path and host of a request match this endpoint. A segment that is neither a literal nor a catch-all
    /// counts as a match.
    /// </summary>
    /// <param name="text">The decoded segments.</param>
    /// <param name="path">The range of each segment in <paramref name="text"/>.</param>
    /// <param name="host">The value of a valid Host header.</param>
    public bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<Range> path, ReadOnlySpan<byte> host)
    {
        var i = 0;
        for (; i < _segments.Count; i++)
        {
            if (_segments[i].Parts is [RoutePatternParameterPart { IsCatchAll: true }]) return IsOneOf(host);
            if (i == path.Length) break;
            if (_segments[i].Parts is [RoutePatternLiteralPart literal]
                && !text[path[i]].Equals(literal.Content, StringComparison.OrdinalIgnoreCase)) return false;
        }

        if (i < path.Length) return false;
        for (; i < _segments.Count; i++)
        {
            if (_segments[i].Parts is not [RoutePatternParameterPart part] || (!part.IsOptional && part.Default is null)) return false;
        }

        return IsOneOf(host);
    }

    private static bool IsLiteral(RoutePatternPathSegment segment) => segment.Parts is [RoutePatternLiteralPart];

    private static bool IsPlainParameter(RoutePatternPathSegment segment, RoutePattern pattern) =>
        segment.Parts is [RoutePatternParameterPart { IsCatchAll: false, IsOptional: false, Default: null } part]
        && !pattern.ParameterPolicies.ContainsKey(part.Name);

    private bool IsOneOf(ReadOnlySpan<byte> host)
    {
        if (_hosts.Length == 0) return true;
        var given = HostString.FromUriComponent(Encoding.ASCII.GetString(host));
        foreach (var wanted in _hosts)
        {
            if (IsHost(wanted, given)) return true;
        }

        return false;
    }

    // RequireHost accepts a name, *.name or *, each with or without a port.
    private static bool IsHost(HostString wanted, HostString given)
    {
        if (wanted.Port is { } port && port != given.Port) return false;
        return wanted.Host == "*"
            || wanted.Host.Equals(given.Host, StringComparison.OrdinalIgnoreCase)
            || (wanted.Host.StartsWith("*.", StringComparison.Ordinal) && given.Host.EndsWith(wanted.Host[1..], StringComparison.OrdinalIgnoreCase));
    }
}

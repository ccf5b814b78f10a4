using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Duplex.EventLoop.Hosting;

/// <summary>
/// Finds the mapped WebSocket endpoints by path and host, with the same result as ASP.NET Core's routing over all endpoints.
/// It returns only endpoints that a loop serves exactly as Kestrel does: with literal and plain parameter segments, and
/// without authorization, rate limits and CORS policies, which middleware applies. All other requests go to Kestrel.
/// </summary>
internal sealed class EndpointUpgradeRouter : IUpgradeRouter
{
    /// <summary>Limit: path segments that a loop matches; requests with more go to Kestrel.</summary>
    private const int MaxSegments = 32;
    private const int UsualLength = 512;

    private readonly EndpointDataSource _endpoints;
    private readonly HostFilter _hosts;
    private readonly IAuthorizationPolicyProvider? _policies;
    private volatile RoutedEndpoint[] _table = [];

    /// <summary>Builds the table, now and on every change of the endpoints, so that a loop resolves no service and loads no code.</summary>
    public EndpointUpgradeRouter(EndpointDataSource endpoints, HostFilter hosts, IAuthorizationPolicyProvider? policies = null)
    {
        _endpoints = endpoints;
        _hosts = hosts;
        _policies = policies;
        ChangeToken.OnChange(endpoints.GetChangeToken, List);
        List();
        Find("/"u8, "localhost"u8);
    }

    public WebSocketEndpoint? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host)
    {
        // Kestrel's host filtering middleware rejects the request.
        if (!_hosts.Allows(host)) return null;
        Span<char> text = path.Length <= UsualLength ? stackalloc char[UsualLength] : new char[path.Length];
        Span<Range> segments = stackalloc Range[MaxSegments];
        if (!RequestPath.TrySplit(path, text, segments, out var count)) return null;

        RoutedEndpoint? best = null;
        var hasEqual = false;
        foreach (var endpoint in _table)
        {
            // The table is in routing order, so the first match is the best.
            if (best is not null && endpoint.CompareTo(best) != 0) break;
            if (!endpoint.Matches(text, segments[..count], host)) continue;
            hasEqual = best is not null;
            best ??= endpoint;
            if (hasEqual) break;
        }

        // ASP.NET Core's routing applies its further rules to matches of equal precedence.
        return hasEqual ? null : best?.Target;
    }

    private void List()
    {
        var hasFallbackPolicy = HasFallbackPolicy();
        _table = [.. _endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods.Count: > 0 } methods || methods.HttpMethods.Contains("GET"))
            .Where(static endpoint => endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>() is not { SuppressMatching: true })
            .Select(endpoint => new RoutedEndpoint(endpoint, hasFallbackPolicy))
            .Order()];
    }

    /// <summary>Returns whether the fallback policy applies to endpoints without a policy.</summary>
    private bool HasFallbackPolicy() =>
        _policies is not null && _policies.GetFallbackPolicyAsync() is not { IsCompletedSuccessfully: true, Result: null };
}

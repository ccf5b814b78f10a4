using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Duplex.EventLoop.Hosting;

/// <summary>
/// Finds the WebSocket endpoints that the application mapped, by path and host, as ASP.NET Core's routing does among
/// all of its endpoints. Only those a loop can serve as Kestrel would: of literal and plain parameter segments, and
/// without authorization, rate limits and CORS policies, which are middleware's; whatever else a request may be for is Kestrel's.
/// </summary>
internal sealed class EndpointUpgradeRouter : IUpgradeRouter
{
    /// <summary>Limit: segments of a path that a loop matches; requests with more are left to Kestrel.</summary>
    private const int MaxSegments = 32;
    private const int UsualLength = 512;

    private readonly EndpointDataSource _endpoints;
    private readonly HostFilter _hosts;
    private readonly IAuthorizationPolicyProvider? _policies;
    private volatile RoutedEndpoint[] _table = [];

    /// <summary>Lists the endpoints, now and when they change: nothing is looked up, and no code loaded, on a loop.</summary>
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
        // The middleware refuses it.
        if (!_hosts.Allows(host)) return null;
        Span<char> text = path.Length <= UsualLength ? stackalloc char[UsualLength] : new char[path.Length];
        Span<Range> segments = stackalloc Range[MaxSegments];
        if (!RequestPath.TrySplit(path, text, segments, out var count)) return null;

        RoutedEndpoint? best = null;
        var hasEqual = false;
        foreach (var endpoint in _table)
        {
            // The first is the best: they are in the order of routing.
            if (best is not null && endpoint.CompareTo(best) != 0) break;
            if (!endpoint.Matches(text, segments[..count], host)) continue;
            hasEqual = best is not null;
            best ??= endpoint;
            if (hasEqual) break;
        }

        // Which of two that are equal so far is meant, is for the rest of routing to say.
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

    /// <summary>Whether endpoints without a policy of their own have one nevertheless.</summary>
    private bool HasFallbackPolicy() =>
        _policies is not null && _policies.GetFallbackPolicyAsync() is not { IsCompletedSuccessfully: true, Result: null };
}

using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.WebSockets;

/// <summary>Which pages may open a WebSocket. RFC 6455 section 10.2.</summary>
internal static class OriginRule
{
    public static bool IsAllowed(string? origin, HostString host, WebSocketOptions options)
    {
        if (origin is null || options.AllowedOrigins.Contains("*")) return true;
        if (options.AllowedOrigins.Count > 0) return options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
            && uri.Port == (host.Port ?? uri.Port);
    }
}

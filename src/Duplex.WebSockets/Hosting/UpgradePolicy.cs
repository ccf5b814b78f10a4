namespace Duplex.WebSockets.Hosting;

/// <summary>What an endpoint's options say about a valid upgrade request, the same on every host. Safe from any thread.</summary>
public static class UpgradePolicy
{
    /// <summary>
    /// Whether a page of this origin may connect (RFC 6455 section 10.2): listed, or by default the same host and
    /// port as the request's. A request without an origin does not come from a browser and may.
    /// </summary>
    /// <param name="options">The endpoint's options.</param>
    /// <param name="origin">The Origin field, or null.</param>
    /// <param name="host">The Host field.</param>
    public static bool AllowsOrigin(WebSocketOptions options, string? origin, string host)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (origin is null) return true;
        if (options.AllowedOrigins.Count == 0) return IsSameHost(origin, host);
        foreach (var allowed in options.AllowedOrigins)
        {
            if (allowed == "*" || string.Equals(allowed, origin, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>The first subprotocol offered that the endpoint speaks, or null. RFC 6455 section 4.2.2.</summary>
    public static string? ChooseSubprotocol(WebSocketOptions options, IReadOnlyList<string> offered)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(offered);
        foreach (var subprotocol in offered)
        {
            // Subprotocols are compared as they are (section 4.1, point 10, and 11.5 name no case folding).
            foreach (var spoken in options.Subprotocols)
            {
                if (subprotocol == spoken) return spoken;
            }
        }

        return null;
    }

    private static bool IsSameHost(ReadOnlySpan<char> origin, ReadOnlySpan<char> host)
    {
        var scheme = origin.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return false;
        // Behind a proxy the scheme seen here may differ from the browser's, so a default port counts as absent.
        ReadOnlySpan<char> port = origin[..scheme].Equals("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80";
        return Without(origin[(scheme + 3)..], port).Equals(Without(host, port), StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> Without(ReadOnlySpan<char> authority, ReadOnlySpan<char> port) =>
        authority.EndsWith(port) ? authority[..^port.Length] : authority;
}

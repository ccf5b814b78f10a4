using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Hosting;

/// <summary>What an endpoint's options say about a valid upgrade request, the same on every host. Safe from any thread.</summary>
public static class UpgradePolicy
{
    /// <summary>Decides about a request whose form is right: its origin, subprotocol and compression.</summary>
    /// <param name="options">The endpoint's options.</param>
    /// <param name="origin">The Origin field, or null.</param>
    /// <param name="host">The Host field.</param>
    /// <param name="offered">The subprotocols offered, in the client's order of preference.</param>
    /// <param name="extensions">The Sec-WebSocket-Extensions field, or null.</param>
    public static UpgradeDecision Decide(
        WebSocketConnectionOptions options, string? origin, string host, IReadOnlyList<string> offered, string? extensions)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!AllowsOrigin(options, origin, host)) return new UpgradeDecision(UpgradeRefusal.Origin);
        var subprotocol = ChooseSubprotocol(options, offered);
        if (subprotocol is null && options.RequireSubprotocol) return new UpgradeDecision(UpgradeRefusal.Subprotocol);
        return CompressionResponse.TryCreate(extensions, options.Compression, out var compression)
            ? new UpgradeDecision(subprotocol, compression)
            : new UpgradeDecision(UpgradeRefusal.Extensions);
    }

    /// <summary>
    /// Whether a page of this origin may connect (RFC 6455 section 10.2): listed, or by default the same host and
    /// port as the request's. A request without an origin does not come from a browser and may.
    /// </summary>
    /// <param name="options">The endpoint's options.</param>
    /// <param name="origin">The Origin field, or null.</param>
    /// <param name="host">The Host field.</param>
    public static bool AllowsOrigin(WebSocketConnectionOptions options, string? origin, string host)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Origins.Allows(origin, host);
    }

    /// <summary>The first subprotocol offered that the endpoint speaks, or null. RFC 6455 section 4.2.2.</summary>
    public static string? ChooseSubprotocol(WebSocketConnectionOptions options, IReadOnlyList<string> offered)
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
}

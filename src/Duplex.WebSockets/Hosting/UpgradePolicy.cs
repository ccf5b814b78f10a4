using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Hosting;

/// <summary>Applies an endpoint's options to valid upgrade requests, in the same way on every host. Safe from any thread.</summary>
internal static class UpgradePolicy
{
    /// <summary>Decides on a well-formed request by its origin, subprotocol and compression.</summary>
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
    /// Returns whether a page of this origin may connect (RFC 6455 section 10.2): the origin is among the allowed ones, or
    /// by default has the host and port of the request. A request without an origin does not come from a browser and is
    /// allowed.
    /// </summary>
    /// <param name="options">The endpoint's options.</param>
    /// <param name="origin">The Origin field, or null.</param>
    /// <param name="host">The Host field.</param>
    public static bool AllowsOrigin(WebSocketConnectionOptions options, string? origin, string host)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Origins.Allows(origin, host);
    }

    /// <summary>Returns the first offered subprotocol that the endpoint supports, or null. RFC 6455 section 4.2.2.</summary>
    public static string? ChooseSubprotocol(WebSocketConnectionOptions options, IReadOnlyList<string> offered)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(offered);
        foreach (var subprotocol in offered)
        {
            // Subprotocols are compared case-sensitively (RFC 6455 section 4.1, point 10, and section 11.5 define no case
            // folding).
            foreach (var spoken in options.Subprotocols)
            {
                if (subprotocol == spoken) return spoken;
            }
        }

        return null;
    }
}

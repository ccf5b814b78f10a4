namespace Duplex.Messaging.Codes;

/// <summary>The hub's own disconnects. Clients reconnect after 3000 to 3499 and do not after 3500 to 3999.</summary>
public static class Disconnects
{
    /// <summary>The client closed the connection, or the connection was lost.</summary>
    public static Disconnect ConnectionClosed { get; } = new(3000, "connection closed");

    /// <summary>The server is stopping.</summary>
    public static Disconnect Shutdown { get; } = new(3001, "shutdown");

    /// <summary>The server failed.</summary>
    public static Disconnect InternalError { get; } = new(3004, "internal server error");

    /// <summary>The connection expired and was not refreshed.</summary>
    public static Disconnect ConnectionExpired { get; } = new(3005, "connection expired");

    /// <summary>A server-side subscription expired, or a subscription was refreshed with an expired token.</summary>
    public static Disconnect SubscriptionExpired { get; } = new(3006, "subscription expired");

    /// <summary>The client reads more slowly than its channels write.</summary>
    public static Disconnect Slow { get; } = new(3008, "slow");

    /// <summary>Writing to the client failed.</summary>
    public static Disconnect WriteError { get; } = new(3009, "write error");

    /// <summary>The client may have missed publications; it reconnects and recovers.</summary>
    public static Disconnect InsufficientState { get; } = new(3010, "insufficient state");

    /// <summary>The application requests that the client reconnect.</summary>
    public static Disconnect ForceReconnect { get; } = new(3011, "force reconnect");

    /// <summary>The client did not answer a ping.</summary>
    public static Disconnect NoPong { get; } = new(3012, "no pong");

    /// <summary>The client sends too many commands.</summary>
    public static Disconnect TooManyRequests { get; } = new(3013, "too many requests");

    /// <summary>Permissions changed: the client drops its tokens and positions and reconnects.</summary>
    public static Disconnect StateInvalidated { get; } = new(3014, "state invalidated");

    /// <summary>The token is not valid.</summary>
    public static Disconnect InvalidToken { get; } = new(3500, "invalid token");

    /// <summary>The client violated the protocol.</summary>
    public static Disconnect BadRequest { get; } = new(3501, "bad request");

    /// <summary>The client did not send its connect command in time.</summary>
    public static Disconnect Stale { get; } = new(3502, "stale");

    /// <summary>The application disconnected the client.</summary>
    public static Disconnect ForceDisconnect { get; } = new(3503, "force disconnect");

    /// <summary>The maximum number of connections is reached.</summary>
    public static Disconnect ConnectionLimit { get; } = new(3504, "connection limit");

    /// <summary>The client has the maximum number of subscriptions.</summary>
    public static Disconnect ChannelLimit { get; } = new(3505, "channel limit");

    /// <summary>A payload cannot be encoded for the client's wire.</summary>
    public static Disconnect InappropriateProtocol { get; } = new(3506, "inappropriate protocol");

    /// <summary>The client is not permitted to connect.</summary>
    public static Disconnect PermissionDenied { get; } = new(3507, "permission denied");

    /// <summary>The feature is disabled.</summary>
    public static Disconnect NotAvailable { get; } = new(3508, "not available");

    /// <summary>The client caused too many errors.</summary>
    public static Disconnect TooManyErrors { get; } = new(3509, "too many errors");
}

namespace Duplex.Messaging.Codes;

/// <summary>The hub's own reasons to end a connection. Clients return after 3000 to 3499 and stay away after 3500 to 3999.</summary>
public static class Disconnects
{
    /// <summary>The client went away.</summary>
    public static Disconnect ConnectionClosed { get; } = new(3000, "connection closed");

    /// <summary>The server stops.</summary>
    public static Disconnect Shutdown { get; } = new(3001, "shutdown");

    /// <summary>Something failed on our side.</summary>
    public static Disconnect InternalError { get; } = new(3004, "internal server error");

    /// <summary>The connection expired and was not refreshed.</summary>
    public static Disconnect ConnectionExpired { get; } = new(3005, "connection expired");

    /// <summary>A server-side subscription expired, or a subscription was refreshed with an expired token.</summary>
    public static Disconnect SubscriptionExpired { get; } = new(3006, "subscription expired");

    /// <summary>The client reads more slowly than its channels write.</summary>
    public static Disconnect Slow { get; } = new(3008, "slow");

    /// <summary>Writing to the client failed.</summary>
    public static Disconnect WriteError { get; } = new(3009, "write error");

    /// <summary>The client may have missed something; it returns and recovers.</summary>
    public static Disconnect InsufficientState { get; } = new(3010, "insufficient state");

    /// <summary>The application wants the client to connect anew.</summary>
    public static Disconnect ForceReconnect { get; } = new(3011, "force reconnect");

    /// <summary>The client did not answer a ping.</summary>
    public static Disconnect NoPong { get; } = new(3012, "no pong");

    /// <summary>The client asks too often.</summary>
    public static Disconnect TooManyRequests { get; } = new(3013, "too many requests");

    /// <summary>Permissions changed: the client drops tokens and positions and connects anew.</summary>
    public static Disconnect StateInvalidated { get; } = new(3014, "state invalidated");

    /// <summary>The token is not valid.</summary>
    public static Disconnect InvalidToken { get; } = new(3500, "invalid token");

    /// <summary>The client broke the protocol.</summary>
    public static Disconnect BadRequest { get; } = new(3501, "bad request");

    /// <summary>The client did not connect in time.</summary>
    public static Disconnect Stale { get; } = new(3502, "stale");

    /// <summary>The application sent the client away.</summary>
    public static Disconnect ForceDisconnect { get; } = new(3503, "force disconnect");

    /// <summary>There are as many connections as there may be.</summary>
    public static Disconnect ConnectionLimit { get; } = new(3504, "connection limit");

    /// <summary>The client has as many subscriptions as it may have.</summary>
    public static Disconnect ChannelLimit { get; } = new(3505, "channel limit");

    /// <summary>A payload cannot be said in the client's encoding.</summary>
    public static Disconnect InappropriateProtocol { get; } = new(3506, "inappropriate protocol");

    /// <summary>The client may not connect.</summary>
    public static Disconnect PermissionDenied { get; } = new(3507, "permission denied");

    /// <summary>The feature is off.</summary>
    public static Disconnect NotAvailable { get; } = new(3508, "not available");

    /// <summary>The client made too many errors.</summary>
    public static Disconnect TooManyErrors { get; } = new(3509, "too many errors");
}

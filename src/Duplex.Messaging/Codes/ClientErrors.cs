namespace Duplex.Messaging.Codes;

/// <summary>The errors that the hub itself returns. Docs and tests are checked against this table.</summary>
public static class ClientErrors
{
    /// <summary>The server failed, or a handler threw.</summary>
    public static ClientError Internal { get; } = new(100, "internal server error", true);

    /// <summary>The client is not permitted to connect.</summary>
    public static ClientError Unauthorized { get; } = new(101, "unauthorized");

    /// <summary>The channel's namespace does not exist.</summary>
    public static ClientError UnknownChannel { get; } = new(102, "unknown channel");

    /// <summary>The client is not permitted to run the command.</summary>
    public static ClientError PermissionDenied { get; } = new(103, "permission denied");

    /// <summary>The method does not exist.</summary>
    public static ClientError MethodNotFound { get; } = new(104, "method not found");

    /// <summary>The client is subscribed to the channel already, by itself or by the server.</summary>
    public static ClientError AlreadySubscribed { get; } = new(105, "already subscribed");

    /// <summary>The client has the maximum number of subscriptions, or another limit is reached.</summary>
    public static ClientError LimitExceeded { get; } = new(106, "limit exceeded");

    /// <summary>The command is malformed.</summary>
    public static ClientError BadRequest { get; } = new(107, "bad request");

    /// <summary>The feature is disabled.</summary>
    public static ClientError NotAvailable { get; } = new(108, "not available");

    /// <summary>The token has expired; the client must fetch a new one.</summary>
    public static ClientError TokenExpired { get; } = new(109, "token expired");

    /// <summary>The connection has expired.</summary>
    public static ClientError Expired { get; } = new(110, "expired");

    /// <summary>The client sends too many commands.</summary>
    public static ClientError TooManyRequests { get; } = new(111, "too many requests", true);

    /// <summary>The epoch of the position has ended, or its offset is no longer retained.</summary>
    public static ClientError UnrecoverablePosition { get; } = new(112, "unrecoverable position");

    /// <summary>Another page of the same state is being read.</summary>
    public static ClientError ConcurrentPagination { get; } = new(113, "concurrent pagination", true);
}

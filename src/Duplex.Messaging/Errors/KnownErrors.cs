namespace Duplex.Messaging.Errors;

/// <summary>The errors of the hub. This is the only place that holds their codes.</summary>
public static class KnownErrors
{
    /// <summary>Something failed behind the hub; the client tries again.</summary>
    public static readonly Error Internal = new(100, "internal server error", IsTemporary: true);

    /// <summary>The user is not known.</summary>
    public static readonly Error Unauthorized = new(101, "unauthorized");

    /// <summary>The channel's namespace does not exist.</summary>
    public static readonly Error UnknownChannel = new(102, "unknown channel");

    /// <summary>The user may not do this.</summary>
    public static readonly Error PermissionDenied = new(103, "permission denied");

    /// <summary>No such RPC or API method.</summary>
    public static readonly Error MethodNotFound = new(104, "method not found");

    /// <summary>The client is subscribed to the channel already.</summary>
    public static readonly Error AlreadySubscribed = new(105, "already subscribed");

    /// <summary>A bound was reached, for example that of channels per client.</summary>
    public static readonly Error LimitExceeded = new(106, "limit exceeded");

    /// <summary>The request makes no sense.</summary>
    public static readonly Error BadRequest = new(107, "bad request");

    /// <summary>The feature is switched off for the channel.</summary>
    public static readonly Error NotAvailable = new(108, "not available");

    /// <summary>The token has expired; the client asks for a new one and returns.</summary>
    public static readonly Error TokenExpired = new(109, "token expired");

    /// <summary>The connection expired on the server's side.</summary>
    public static readonly Error Expired = new(110, "expired");

    /// <summary>A rate limit was reached; the client tries again.</summary>
    public static readonly Error TooManyRequests = new(111, "too many requests", IsTemporary: true);

    /// <summary>The position asked for is gone or of another epoch.</summary>
    public static readonly Error UnrecoverablePosition = new(112, "unrecoverable position");

    /// <summary>The same map is being paged through twice at once; the client tries again.</summary>
    public static readonly Error ConcurrentPagination = new(113, "concurrent pagination", IsTemporary: true);
}

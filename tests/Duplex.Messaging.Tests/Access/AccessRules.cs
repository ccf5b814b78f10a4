namespace Duplex.Messaging.Tests.Access;

/// <summary>The rules that all commands share, as codes: 0 where the command is allowed.</summary>
internal static class AccessRules
{
    public const int Allowed = 0;
    public const int Internal = 100;
    public const int PermissionDenied = 103;
    public const int BadRequest = 107;
    public const int NotAvailable = 108;
    public const int TokenExpired = 109;
    public const int CloseInternal = 3004;
    public const int CloseInvalidToken = 3500;
    public const int CloseBadRequest = 3501;

    /// <summary>What a handler decides; null where there is none and the options decide.</summary>
    public static int? OfHandler(HandlerKind kind) => kind switch
    {
        HandlerKind.Absent => null,
        HandlerKind.Allows or HandlerKind.AllowsLater => Allowed,
        HandlerKind.Denies or HandlerKind.ReturnsNull => PermissionDenied,
        HandlerKind.DeniesWithError => 460,
        HandlerKind.DeniesWithDisconnect => 4460,
        HandlerKind.ThrowsError => 461,
        HandlerKind.ThrowsDisconnect => 4461,
        _ => Internal,
    };

    /// <summary>Whether options that name clients with a user, anonymous clients and subscribers allow a client.</summary>
    public static bool ByOptions(ClientKind client, bool allow, bool forAnonymous, bool forSubscriber) => client switch
    {
        ClientKind.User => allow,
        ClientKind.Anonymous => allow && forAnonymous,
        ClientKind.UserSubscriber => allow || forSubscriber,
        ClientKind.AnonymousSubscriber => (allow && forAnonymous) || forSubscriber,
        _ => false,
    };

    public static bool HasUser(ClientKind client) => client is ClientKind.User or ClientKind.UserSubscriber;

    public static bool IsSubscriber(ClientKind client) => client is ClientKind.AnonymousSubscriber or ClientKind.UserSubscriber;
}

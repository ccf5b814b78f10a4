namespace Duplex.Messaging.Codes;

/// <summary>The code and reason with which the hub ends a subscription. Clients subscribe again after codes from 2500 and do not after lower ones.</summary>
/// <param name="Code">The code, 2000 to 2999.</param>
/// <param name="Reason">A short text.</param>
public sealed record Unsubscription(uint Code, string Reason)
{
    /// <summary>The application ended the subscription.</summary>
    public static Unsubscription ByServer { get; } = new(2000, "server unsubscribe");

    /// <summary>The client may have missed publications; it subscribes again and recovers.</summary>
    public static Unsubscription InsufficientState { get; } = new(2500, "insufficient state");

    /// <summary>The subscription expired and was not refreshed.</summary>
    public static Unsubscription Expired { get; } = new(2501, "subscription expired");

    /// <summary>Permissions changed: the client drops its token and position and subscribes again.</summary>
    public static Unsubscription StateInvalidated { get; } = new(2502, "state invalidated");
}

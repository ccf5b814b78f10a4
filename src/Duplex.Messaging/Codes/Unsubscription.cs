namespace Duplex.Messaging.Codes;

/// <summary>Why the hub ends a subscription. Clients subscribe again from code 2500 on and stay away below.</summary>
/// <param name="Code">2000 to 2999.</param>
/// <param name="Reason">Plain words.</param>
public sealed record Unsubscription(uint Code, string Reason)
{
    /// <summary>The application ended it.</summary>
    public static Unsubscription ByServer { get; } = new(2000, "server unsubscribe");

    /// <summary>The client may have missed something; it subscribes again and recovers.</summary>
    public static Unsubscription InsufficientState { get; } = new(2500, "insufficient state");

    /// <summary>The subscription expired and was not refreshed.</summary>
    public static Unsubscription Expired { get; } = new(2501, "subscription expired");

    /// <summary>Permissions changed: the client drops its token and position and subscribes again.</summary>
    public static Unsubscription StateInvalidated { get; } = new(2502, "state invalidated");
}

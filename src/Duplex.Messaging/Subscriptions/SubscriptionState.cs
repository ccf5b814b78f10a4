namespace Duplex.Messaging.Subscriptions;

/// <summary>The state and the negotiated features of a subscription.</summary>
[Flags]
internal enum SubscriptionState : uint
{
    None = 0,

    /// <summary>The subscribe reply is written, and publications are delivered.</summary>
    Live = 1,

    /// <summary>The subscription has ended; pending work on it must stop.</summary>
    Ended = 2,

    ServerSide = 4,
    Positioned = 8,
    Recoverable = 16,
    JoinLeave = 32,
    Presence = 64,

    /// <summary>Joins and leaves of the subscription are published.</summary>
    Announced = 128,

    Delta = 256,

    /// <summary>The client has the publication before the next one, so that a patch against it may be sent.</summary>
    HasBase = 512,

    /// <summary>Pushes identify the channel by its number.</summary>
    ById = 1024,

    /// <summary>The client refreshes the subscription with tokens.</summary>
    ClientRefresh = 2048,

    /// <summary>Publications have arrived since the last check of the position.</summary>
    Moved = 4096,

    /// <summary>The connection token named the channel.</summary>
    ByToken = 8192,

    /// <summary>Maps of presence contain an entry for the subscription.</summary>
    MapPresence = 16384,

    /// <summary>The subscription has expired, and the application may renew it until the grace period is over.</summary>
    Expired = 32768,

    /// <summary>A call of the refresh handler is pending.</summary>
    Renewing = 65536,
}

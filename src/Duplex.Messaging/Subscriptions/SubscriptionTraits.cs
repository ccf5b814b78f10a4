namespace Duplex.Messaging.Subscriptions;

/// <summary>What holds for a subscription.</summary>
[Flags]
internal enum SubscriptionTraits : uint
{
    None = 0,

    /// <summary>The subscribe reply is written: publications flow.</summary>
    Live = 1,

    /// <summary>It is over; whoever still works on it must stop.</summary>
    Ended = 2,

    ServerSide = 4,
    Positioned = 8,
    Recoverable = 16,
    JoinLeave = 32,
    Presence = 64,

    /// <summary>Its joins and leaves are published.</summary>
    Announced = 128,

    Delta = 256,

    /// <summary>The client has the publication before the next one, so that a patch against it may be sent.</summary>
    HasBase = 512,

    /// <summary>The channel goes by its number.</summary>
    ById = 1024,

    /// <summary>The client refreshes it with tokens.</summary>
    ClientRefresh = 2048,

    /// <summary>Publications arrived since the last check of the position.</summary>
    Moved = 4096,

    /// <summary>The connection token named the channel.</summary>
    ByToken = 8192,

    /// <summary>Maps say that it is there.</summary>
    MapPresence = 16384,

    /// <summary>Its time is over, and the application is asked to renew it until the grace is over.</summary>
    Expired = 32768,

    /// <summary>The application is being asked.</summary>
    Renewing = 65536,
}

namespace Duplex.Messaging.Channels;

/// <summary>What a subscription delivers. The numbers are those of the wire.</summary>
public enum SubscriptionType
{
    /// <summary>A stream of publications.</summary>
    Stream = 0,

    /// <summary>Values by key, and their changes.</summary>
    Map = 1,

    /// <summary>Presence as a map by client id.</summary>
    MapClients = 2,

    /// <summary>Presence as a map by user id.</summary>
    MapUsers = 3,

    /// <summary>Keys that the server polls from the backend for all who track them.</summary>
    SharedPoll = 4,
}

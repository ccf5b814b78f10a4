namespace Duplex.Messaging.Channels;

/// <summary>The kind of a subscription. The numbers are those of the wire.</summary>
public enum SubscriptionType
{
    /// <summary>A stream of publications.</summary>
    Stream = 0,

    /// <summary>A map: values by key, and their changes.</summary>
    Map = 1,

    /// <summary>Presence as a map by client id.</summary>
    MapClients = 2,

    /// <summary>Presence as a map by user id.</summary>
    MapUsers = 3,

    /// <summary>A shared poll: values by key that the server polls from the backend for all clients that track them.</summary>
    SharedPoll = 4,
}

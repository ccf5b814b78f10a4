namespace Duplex.Messaging.Tests.Access;

/// <summary>Who sends a command.</summary>
public enum ClientKind
{
    /// <summary>A client that has not connected.</summary>
    Unconnected,

    /// <summary>A client without a user.</summary>
    Anonymous,

    /// <summary>A client with a user.</summary>
    User,

    /// <summary>A client without a user that is subscribed to the channel.</summary>
    AnonymousSubscriber,

    /// <summary>A client with a user that is subscribed to the channel.</summary>
    UserSubscriber,
}

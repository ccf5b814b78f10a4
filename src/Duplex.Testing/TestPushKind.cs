namespace Duplex.Testing;

/// <summary>The kind of a push from the hub to a test client.</summary>
public enum TestPushKind
{
    /// <summary>A publication in a channel.</summary>
    Publication,

    /// <summary>A client joined a channel.</summary>
    Join,

    /// <summary>A client left a channel.</summary>
    Leave,

    /// <summary>The server subscribed the client to a channel.</summary>
    Subscribe,

    /// <summary>The server unsubscribed the client from a channel.</summary>
    Unsubscribe,

    /// <summary>The server sent a message outside channels.</summary>
    Message,

    /// <summary>The server changed the connection's expiry.</summary>
    Refresh,

    /// <summary>The connection ended. No push follows.</summary>
    Disconnect,
}

namespace Duplex.Testing;

/// <summary>What the hub told a client unasked.</summary>
public enum TestPushKind
{
    /// <summary>A publication in a channel.</summary>
    Publication,

    /// <summary>Somebody joined a channel.</summary>
    Join,

    /// <summary>Somebody left a channel.</summary>
    Leave,

    /// <summary>The server subscribed the client to a channel.</summary>
    Subscribe,

    /// <summary>The server took the client out of a channel.</summary>
    Unsubscribe,

    /// <summary>A message of the server, outside channels.</summary>
    Message,

    /// <summary>The server changed the connection's expiry.</summary>
    Refresh,

    /// <summary>The connection ended. Nothing follows.</summary>
    Disconnect,
}

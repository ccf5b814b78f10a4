namespace Duplex.Messaging.Clients;

/// <summary>The phase of a client's connection.</summary>
internal enum ClientPhase
{
    /// <summary>The transport is open; the connect command has not arrived.</summary>
    Open,

    /// <summary>The connect command is in progress.</summary>
    Connecting,

    /// <summary>The connect command failed with an error: no further command is accepted.</summary>
    Refused,

    /// <summary>Commands are accepted.</summary>
    Connected,

    /// <summary>The client has left.</summary>
    Closed,
}

namespace Duplex.Messaging.Clients;

/// <summary>How far a client has come.</summary>
public enum ClientPhase
{
    /// <summary>The transport is open; the connect command has not arrived.</summary>
    Open,

    /// <summary>The connect command is being worked on.</summary>
    Connecting,

    /// <summary>The connect command was answered with an error: nothing else is accepted.</summary>
    Refused,

    /// <summary>Commands are accepted.</summary>
    Connected,

    /// <summary>Gone.</summary>
    Closed,
}

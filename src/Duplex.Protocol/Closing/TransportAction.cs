namespace Duplex.Protocol.Closing;

/// <summary>Specifies the next step that a shell takes on its transport.</summary>
public enum TransportAction : byte
{
    /// <summary>No step.</summary>
    None,

    /// <summary>
    /// Shut down the sending side and continue to receive. Closing a socket with unread bytes resets the connection, and the
    /// reset discards the local close frame in flight. RFC 6455 section 7.1.1.
    /// </summary>
    ShutdownSending,

    /// <summary>End the transport in order: all bytes were sent, and no relevant bytes are to be received.</summary>
    End,

    /// <summary>Reset the transport at once, unsent bytes included.</summary>
    Reset,
}

namespace Duplex.Protocol.Closing;

/// <summary>What a shell does with its transport next.</summary>
public enum TransportAction : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// Shut the sending side and keep receiving. Closing a socket over unread bytes resets the connection, and the reset
    /// discards our close frame on its way. RFC 6455 section 7.1.1.
    /// </summary>
    ShutdownSending,

    /// <summary>End the transport in order: everything was sent, and nothing that matters is to be received.</summary>
    End,

    /// <summary>End the transport at once, unsent bytes included.</summary>
    Reset,
}

namespace Duplex.WebSockets.Connections;

/// <summary>Specifies the cause of the end of a connection. Metrics count one value per connection.</summary>
public enum EndReason
{
    /// <summary>The peer started the closing handshake.</summary>
    ClosedByPeer,

    /// <summary>The application started the closing handshake.</summary>
    ClosedByApplication,

    /// <summary>The peer violated the protocol (1002).</summary>
    ProtocolError,

    /// <summary>The peer sent text that is not UTF-8 (1007).</summary>
    InvalidText,

    /// <summary>The peer sent compressed data that does not inflate (1007).</summary>
    InvalidCompressedData,

    /// <summary>The peer exceeded a limit of size or count (1009 or 1008).</summary>
    LimitExceeded,

    /// <summary>The peer did not finish a message in time (1008).</summary>
    MessageTimeout,

    /// <summary>
    /// The peer showed no sign of life within the pong time-out after a ping; the connection was dropped without a close
    /// frame.
    /// </summary>
    PingTimeout,

    /// <summary>The peer did not answer the close frame in time.</summary>
    CloseTimeout,

    /// <summary>The peer read too slowly, and the send queue exceeded its limit.</summary>
    SendQueueFull,

    /// <summary>The transport ended or failed without a closing handshake.</summary>
    TransportLost,

    /// <summary>The application dropped the connection.</summary>
    Aborted,

    /// <summary>The application's handler threw an exception (1011).</summary>
    HandlerFailed,
}

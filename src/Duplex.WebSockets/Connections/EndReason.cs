namespace Duplex.WebSockets.Connections;

/// <summary>Every way a connection can end. One value is counted per connection.</summary>
public enum EndReason
{
    /// <summary>The peer started the close handshake.</summary>
    ClosedByPeer,

    /// <summary>The application started the close handshake.</summary>
    ClosedByApplication,

    /// <summary>The peer broke the protocol (1002).</summary>
    ProtocolError,

    /// <summary>The peer sent text that is not UTF-8 (1007).</summary>
    InvalidText,

    /// <summary>The peer sent compressed data that does not inflate (1007).</summary>
    InvalidCompressedData,

    /// <summary>The peer went over a limit of size or count (1009 or 1008).</summary>
    LimitExceeded,

    /// <summary>The peer did not finish a message in time (1008).</summary>
    MessageTimeout,

    /// <summary>The peer did not answer pings (1011 could not be delivered: dropped).</summary>
    PingTimeout,

    /// <summary>The peer did not answer the close frame in time.</summary>
    CloseTimeout,

    /// <summary>The peer read too slowly and the send queue passed its limit.</summary>
    SendQueueFull,

    /// <summary>The transport ended or failed without a close handshake.</summary>
    TransportLost,

    /// <summary>The application dropped the connection.</summary>
    Aborted,

    /// <summary>The application's handler threw (1011).</summary>
    HandlerFailed,
}

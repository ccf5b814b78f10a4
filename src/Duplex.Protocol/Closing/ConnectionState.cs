namespace Duplex.Protocol.Closing;

/// <summary>Specifies the state of a connection after the opening handshake. RFC 6455 section 7.1.</summary>
public enum ConnectionState : byte
{
    /// <summary>Neither side has started to close.</summary>
    Open,

    /// <summary>
    /// The peer has closed or has broken a rule, and the local close frame is due: messages that respond to earlier ones may
    /// still be sent in front of it.
    /// </summary>
    Answering,

    /// <summary>The local close frame was sent first and the peer's is awaited; messages that still arrive are dropped.</summary>
    Closing,

    /// <summary>
    /// Both close frames were exchanged, or the connection failed: no more messages are received or sent. The transport may
    /// still be draining.
    /// </summary>
    Closed,
}

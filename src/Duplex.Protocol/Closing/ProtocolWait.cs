namespace Duplex.Protocol.Closing;

/// <summary>Specifies the condition that a connection waits for and whose time a shell bounds. A connection has one at a time.</summary>
public enum ProtocolWait : byte
{
    /// <summary>The connection waits for no condition.</summary>
    None,

    /// <summary>The rest of the current message.</summary>
    Message,

    /// <summary>The application's responses to the messages before the peer's close frame or fault.</summary>
    Answers,

    /// <summary>The peer's close frame. RFC 6455 section 7.1.1.</summary>
    Close,

    /// <summary>The end of the transport, in order.</summary>
    TransportEnd,
}

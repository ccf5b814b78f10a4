namespace Duplex.Protocol.Closing;

/// <summary>What a connection waits for, whose time a shell bounds. One at a time.</summary>
public enum ProtocolWait : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The rest of the message that has begun.</summary>
    Message,

    /// <summary>The application's answers to what came before the peer's close frame or fault.</summary>
    Answers,

    /// <summary>The peer's close frame. RFC 6455 section 7.1.1.</summary>
    Close,

    /// <summary>The end of the transport, in order.</summary>
    TransportEnd,
}

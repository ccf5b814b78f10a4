namespace Duplex.Protocol.Messages;

/// <summary>Specifies the kind of event that <see cref="WebSocketProtocol.TryReceive"/> returns.</summary>
public enum MessageEventKind : byte
{
    /// <summary>A whole text message, valid UTF-8.</summary>
    Text = 1,

    /// <summary>A whole binary message.</summary>
    Binary,

    /// <summary>A ping, which the protocol answers and does not return. RFC 6455 section 5.5.2.</summary>
    Ping,

    /// <summary>A pong. RFC 6455 section 5.5.3.</summary>
    Pong,

    /// <summary>A close frame, after which no frame is read. RFC 6455 section 5.5.1.</summary>
    Close,

    /// <summary>A rule that the peer broke, after which no frame is read. RFC 6455 section 7.1.7.</summary>
    Fault,
}

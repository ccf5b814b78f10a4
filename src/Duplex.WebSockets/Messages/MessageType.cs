namespace Duplex.WebSockets.Messages;

/// <summary>Specifies the type of a message. RFC 6455 section 5.6.</summary>
public enum MessageType : byte
{
    /// <summary>UTF-8 text; invalid bytes are rejected on receipt.</summary>
    Text = 1,

    /// <summary>Any bytes.</summary>
    Binary = 2,
}

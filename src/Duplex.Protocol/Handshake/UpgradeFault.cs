namespace Duplex.Protocol.Handshake;

/// <summary>Specifies the fault of an upgrade request. RFC 6455 section 4.2.1 unless another source is named.</summary>
public enum UpgradeFault : byte
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>
    /// The head is not HTTP/1.1: its request line, a header name or value, or a line end is invalid. RFC 9112. Answered with
    /// 400.
    /// </summary>
    MalformedHead,

    /// <summary>The head is longer, or has more fields, than the limits permit. RFC 6585 section 5. Answered with 431.</summary>
    HeadTooLarge,

    /// <summary>The method is not GET. Answered with 405.</summary>
    MethodNotAllowed,

    /// <summary>The HTTP version is below 1.1. Answered with 400.</summary>
    HttpVersion,

    /// <summary>The Host field is missing, repeated or malformed. Answered with 400.</summary>
    Host,

    /// <summary>The Upgrade field does not name websocket. Answered with 426, whose Upgrade field names the protocol.</summary>
    Upgrade,

    /// <summary>The Connection field does not name upgrade. Answered with 400.</summary>
    Connection,

    /// <summary>Sec-WebSocket-Key is missing, repeated or not 16 bytes in base64. Answered with 400.</summary>
    Key,

    /// <summary>Sec-WebSocket-Version is missing or not 13. Answered with 426 and the supported version (section 4.4).</summary>
    Version,

    /// <summary>The request announces a body, which could smuggle a second request past a proxy. Answered with 400.</summary>
    Body,

    /// <summary>Sec-WebSocket-Protocol is not a list of different tokens. Answered with 400.</summary>
    Subprotocols,
}

namespace Duplex.Protocol.Handshake;

/// <summary>What is wrong with an upgrade request. RFC 6455 section 4.2.1 unless another source is named.</summary>
public enum UpgradeFault : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The head is not HTTP/1.1: a bad request line, header name or value, or line end. RFC 9112. Answered 400.</summary>
    MalformedHead,

    /// <summary>The head is longer, or has more fields, than we accept. RFC 6585 section 5. Answered 431.</summary>
    HeadTooLarge,

    /// <summary>The method is not GET. Answered 405.</summary>
    MethodNotAllowed,

    /// <summary>The HTTP version is below 1.1. Answered 400.</summary>
    HttpVersion,

    /// <summary>The Host field is missing, doubled or malformed. Answered 400.</summary>
    Host,

    /// <summary>The Upgrade field does not name websocket. Answered 426, which says what to upgrade to.</summary>
    Upgrade,

    /// <summary>The Connection field does not name upgrade. Answered 400.</summary>
    Connection,

    /// <summary>Sec-WebSocket-Key is missing, doubled or not 16 bytes in base64. Answered 400.</summary>
    Key,

    /// <summary>Sec-WebSocket-Version is missing or not 13. Answered 426 with the version we speak (section 4.4).</summary>
    Version,

    /// <summary>The request announces a body, which could smuggle a second request past a proxy. Answered 400.</summary>
    Body,

    /// <summary>Sec-WebSocket-Protocol is not a list of different tokens. Answered 400.</summary>
    Subprotocols,
}

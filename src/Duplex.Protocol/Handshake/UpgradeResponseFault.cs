namespace Duplex.Protocol.Handshake;

/// <summary>
/// Specifies the fault of a server's response to an upgrade request. RFC 6455 section 4.1 unless another source is named.
/// </summary>
public enum UpgradeResponseFault : byte
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>The head is not HTTP/1.1. RFC 9112.</summary>
    MalformedHead,

    /// <summary>The head is longer, or has more fields, than the limits permit.</summary>
    HeadTooLarge,

    /// <summary>The response is a redirect (3xx), which is not followed.</summary>
    Redirect,

    /// <summary>The status is not 101.</summary>
    Status,

    /// <summary>The Upgrade field is missing or does not name websocket.</summary>
    Upgrade,

    /// <summary>The Connection field is missing or does not name upgrade.</summary>
    Connection,

    /// <summary>Sec-WebSocket-Accept is missing or does not match the key of the request.</summary>
    Accept,

    /// <summary>
    /// Sec-WebSocket-Extensions names an extension or parameter that was not offered or cannot be accepted. RFC 7692 section
    /// 7.1.
    /// </summary>
    Extensions,

    /// <summary>Sec-WebSocket-Protocol names a subprotocol that was not offered.</summary>
    Subprotocol,
}

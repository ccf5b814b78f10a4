namespace Duplex.Protocol.Handshake;

/// <summary>What is wrong with a server's answer to an upgrade request. RFC 6455 section 4.1 unless another source is named.</summary>
public enum UpgradeResponseFault : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The head is not HTTP/1.1. RFC 9112.</summary>
    MalformedHead,

    /// <summary>The head is longer, or has more fields, than we accept.</summary>
    HeadTooLarge,

    /// <summary>The server answered with a redirect (3xx), which is not followed.</summary>
    Redirect,

    /// <summary>The status is another one than 101.</summary>
    Status,

    /// <summary>The Upgrade field is missing or does not say websocket.</summary>
    Upgrade,

    /// <summary>The Connection field is missing or does not say upgrade.</summary>
    Connection,

    /// <summary>Sec-WebSocket-Accept is missing or does not answer our key.</summary>
    Accept,

    /// <summary>Sec-WebSocket-Extensions names what was not offered, or cannot be honoured. RFC 7692 section 7.1.</summary>
    Extensions,

    /// <summary>Sec-WebSocket-Protocol names a subprotocol that was not offered.</summary>
    Subprotocol,
}

namespace Duplex.Protocol.Extensions;

/// <summary>
/// Specifies the fault of a peer's Sec-WebSocket-Extensions field. Every value but <see cref="None"/> fails the connection.
/// </summary>
public enum ExtensionFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>The value is malformed. RFC 6455 section 9.1.</summary>
    Malformed,

    /// <summary>The server's response names an extension that was not offered. RFC 6455 section 4.1.</summary>
    NotOffered,

    /// <summary>The server's response names permessage-deflate more than once. RFC 7692 section 5.</summary>
    Repeated,

    /// <summary>A parameter is unknown or repeated, or its value is missing or out of range. RFC 7692 section 7.1.</summary>
    InvalidParameter,

    /// <summary>
    /// The server's response violates the offer: a required parameter is missing, or a value is greater than the one
    /// offered. RFC 7692 section 7.1.
    /// </summary>
    OfferIgnored,
}

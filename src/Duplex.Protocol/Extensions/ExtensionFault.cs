namespace Duplex.Protocol.Extensions;

/// <summary>What is wrong with a peer's Sec-WebSocket-Extensions. Every value but <see cref="None"/> fails the connection.</summary>
public enum ExtensionFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The value breaks the grammar. RFC 6455 section 9.1.</summary>
    Malformed,

    /// <summary>The server's response names an extension that was not offered. RFC 6455 section 4.1.</summary>
    NotOffered,

    /// <summary>The server's response names permessage-deflate more than once. RFC 7692 section 5.</summary>
    Repeated,

    /// <summary>A parameter is unknown, given twice, or its value is missing or out of range. RFC 7692 section 7.1.</summary>
    InvalidParameter,

    /// <summary>The server's response does not honour the offer: a parameter it had to repeat is missing, or a value is greater than the one offered. RFC 7692 section 7.1.</summary>
    OfferIgnored,
}

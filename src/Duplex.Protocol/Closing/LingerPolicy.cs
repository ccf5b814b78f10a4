namespace Duplex.Protocol.Closing;

/// <summary>When a transport receives and discards after our last byte, until the peer ends its side. RFC 6455 section 7.1.1.</summary>
public enum LingerPolicy : byte
{
    /// <summary>Never: the end of this transport is a message of its own that discards nothing (an HTTP/2 stream).</summary>
    Never,

    /// <summary>When more of the peer's bytes may be on their way: after a fault, or after bytes behind its close frame.</summary>
    WhenNeeded,

    /// <summary>Always: waiting costs nothing.</summary>
    Always,
}

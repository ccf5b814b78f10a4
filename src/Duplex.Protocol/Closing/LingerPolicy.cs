namespace Duplex.Protocol.Closing;

/// <summary>
/// Specifies when a transport receives and discards bytes after the last byte was sent, until the peer ends its side. RFC
/// 6455 section 7.1.1.
/// </summary>
public enum LingerPolicy : byte
{
    /// <summary>The transport never lingers, because its end is a message of its own that discards no data (an HTTP/2 stream).</summary>
    Never,

    /// <summary>
    /// The transport lingers when more of the peer's bytes may be in flight: after a fault, or after bytes behind its close
    /// frame.
    /// </summary>
    WhenNeeded,

    /// <summary>The transport always lingers, because waiting is free.</summary>
    Always,
}

namespace Duplex.WebSockets.Connections;

/// <summary>Where a connection stands in its life after the handshake.</summary>
internal enum ConnectionPhase : byte
{
    /// <summary>Neither side has started to close.</summary>
    Open,

    /// <summary>Our close frame is on its way and the peer's is awaited; data still arriving is not for the handler.</summary>
    Closing,

    /// <summary>The end is known and OnClosed is due or done; the transport may still be draining.</summary>
    Ended,
}

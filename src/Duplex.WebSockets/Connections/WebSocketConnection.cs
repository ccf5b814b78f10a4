using Duplex.Protocol.Closing;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// One WebSocket, whichever shell runs it: an event loop, Kestrel, or a client's stream. It belongs to its
/// <see cref="Owner"/>; members are for the owner only unless they say otherwise.
/// </summary>
public abstract class WebSocketConnection
{
    /// <summary>The owner on which every call about this connection is made. Safe from any thread.</summary>
    public abstract ConnectionOwner Owner { get; }

    /// <summary>The negotiated subprotocol, or null. RFC 6455 section 1.9.</summary>
    public string? Subprotocol { get; protected init; }

    /// <summary>Room for the application's own object, so that it needs no dictionary of connections.</summary>
    public object? State { get; set; }

    /// <summary>Bytes accepted for sending that the transport has not yet taken.</summary>
    public abstract long QueuedBytes { get; }

    /// <summary>
    /// False while the send queue is above its high-water mark; <see cref="IWebSocketHandler.OnWritable"/> tells
    /// when it is true again. Sending is still possible meanwhile, up to the queue's limit, beyond which the
    /// connection is aborted.
    /// </summary>
    public abstract bool IsWritable { get; }

    /// <summary>Time between the last ping sent and its pong; null before the first pong.</summary>
    public abstract TimeSpan? RoundTripTime { get; }

    /// <summary>Queues one message; the payload is copied. Ignored once the connection is closing.</summary>
    public abstract void Send(ReadOnlySpan<byte> payload, MessageType type);

    /// <summary>Queues one message, as it was received; the payload is copied. Ignored once the connection is closing.</summary>
    public void Send(in WebSocketMessage message) => Send(message.Payload, message.Type);

    /// <summary>
    /// Queues a message that was framed once for many connections. The connection takes a reference of its own
    /// and releases it when the bytes have left. Ignored once the connection is closing.
    /// </summary>
    public abstract void Send(PreparedMessage message);

    /// <summary>
    /// Starts the close handshake after what is queued: sends a close frame and waits, within the close time-out,
    /// for the peer's. RFC 6455 section 7.1.2. Later calls do nothing.
    /// </summary>
    /// <param name="code">A code that may be sent: see <see cref="CloseCode"/>.</param>
    /// <param name="reason">At most 123 bytes of UTF-8; longer text is cut at a character boundary.</param>
    public abstract void Close(CloseCode code, string reason = "");

    /// <summary>Drops the connection at once, unsent bytes included. Safe from any thread.</summary>
    public abstract void Abort();
}

using System.Diagnostics.CodeAnalysis;
using Duplex.Execution;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Represents a WebSocket connection on any host: an event loop, Kestrel, or a client's stream. It belongs to its
/// <see cref="Shard"/>: unless a member states otherwise, it may be called on the shard only and throws
/// <see cref="InvalidOperationException"/> elsewhere; queue such a call with
/// <see cref="Duplex.Execution.Shard.Post{TState}"/>.
/// </summary>
public abstract class WebSocketConnection
{
    private protected WebSocketConnection()
    {
    }

    /// <summary>The shard on which all calls about this connection are made. Safe from any thread.</summary>
    public abstract Shard Shard { get; }

    /// <summary>The negotiated subprotocol, or null. RFC 6455 section 1.9.</summary>
    public string? Subprotocol { get; private protected init; }

    /// <summary>An object of the application, so that it needs no dictionary of connections.</summary>
    public object? State { get; set; }

    /// <summary>The number of bytes accepted for sending that the transport has not yet taken.</summary>
    public abstract long QueuedBytes { get; }

    /// <summary>
    /// Whether the connection is writable: false from the time the send queue exceeds its high-water mark until half of that
    /// has left, when <see cref="IWebSocketHandler.OnWritable"/> is called. Messages can still be sent while it is false; a
    /// message that finds the queue above its limit drops the connection.
    /// </summary>
    public abstract bool IsWritable { get; }

    /// <summary>
    /// Whether the peer has read what was sent up to about <see cref="Hosting.WebSocketConnectionOptions.MaxDeliveryDelay"/> ago, so that
    /// what is sent next arrives in good time; true where that is not measured. When it becomes true again,
    /// <see cref="IWebSocketHandler.OnWritable"/> is called. A sender of values of which only the newest counts sends while
    /// it is true.
    /// </summary>
    public virtual bool IsCaughtUp => true;

    /// <summary>The time between the last ping sent and its pong; null before the first pong.</summary>
    public abstract TimeSpan? RoundTripTime { get; }

    /// <summary>Queues one message; the payload is copied. Ignored once the connection is closing.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="type">The type of the message: text or binary.</param>
    /// <exception cref="ArgumentException">The message is text and not UTF-8.</exception>
    /// <exception cref="InvalidOperationException">A message is being sent in parts.</exception>
    public void Send(ReadOnlySpan<byte> payload, MessageType type)
    {
        CheckShard();
        MessageText.Check(payload, type);
        SendMessage(payload, type);
    }

    /// <summary>
    /// Queues a received message; the payload is copied, and text is already validated as UTF-8. Ignored once the connection
    /// is closing.
    /// </summary>
    /// <exception cref="InvalidOperationException">A message is being sent in parts.</exception>
    public void Send(in WebSocketMessage message)
    {
        CheckShard();
        SendMessage(message.Payload, message.Type);
    }

    /// <summary>
    /// Queues a message that was framed once for many connections. The connection retains the message and releases it when
    /// the bytes have left. Ignored once the connection is closing.
    /// </summary>
    /// <exception cref="InvalidOperationException">A message is being sent in parts.</exception>
    public void Send(PreparedMessage message)
    {
        CheckShard();
        ArgumentNullException.ThrowIfNull(message);
        SendPrepared(message);
    }

    /// <summary>
    /// Queues the next part of a message that is too large to be sent at once, as a fragment (RFC 6455 section 5.4); the
    /// payload is copied. Until the last part no other message can be sent, but control frames can. A message that was begun
    /// can only be abandoned with <see cref="Close"/>. Ignored once the connection is closing.
    /// </summary>
    /// <param name="payload">The part. An empty part is ignored, unless it is the last.</param>
    /// <param name="type">The type of the message, the same for all parts. Text may be cut inside a character.</param>
    /// <param name="isLast">Whether this part ends the message.</param>
    /// <exception cref="ArgumentException">
    /// The type is not that of the message, or the text is not UTF-8. The part is then not sent, and another part may
    /// follow.
    /// </exception>
    public void SendPart(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        CheckShard();
        SendNextPart(payload, type, isLast);
    }

    /// <summary>
    /// Switches to delivering messages in parts, as they arrive, to <see cref="IWebSocketHandler.OnMessagePart"/>: only one
    /// part is held in memory, so <see cref="WebSocketConnectionOptions.MaxMessageBytes"/> may be as large as needed. All
    /// limits apply as for whole messages. Usually called in <see cref="IWebSocketHandler.OnOpen"/>; the first part of a
    /// message in progress holds its bytes so far. The switch cannot be undone.
    /// </summary>
    public void ReceiveInParts()
    {
        CheckShard();
        DeliverParts();
    }

    /// <summary>
    /// Starts the closing handshake after the queued messages: sends a close frame and waits for the peer's, within the
    /// close time-out. RFC 6455 section 7.1.2. Later calls do nothing.
    /// </summary>
    /// <param name="code">
    /// A code that may be sent: see <see cref="CloseCode"/>. <see cref="CloseCode.NoStatusReceived"/> sends a close frame
    /// without a code.
    /// </param>
    /// <param name="reason">The reason, at most 123 bytes of UTF-8; longer text is cut at a character boundary.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent; the connection does not change.</exception>
    public void Close(CloseCode code, string reason = "")
    {
        CheckShard();
        CloseCodes.ThrowIfNotSendable(code);
        StartClose(code, ClosePayload.CutReason(reason));
    }

    /// <summary>Drops the connection at once and discards unsent bytes. Safe from any thread.</summary>
    public abstract void Abort();

    /// <summary>
    /// Pauses receiving until <see cref="ResumeReceiving"/>, so that the transport applies backpressure to the peer. Bytes
    /// that the transport has already read are retained: 64 KiB or little more. Pings are not answered meanwhile, and the
    /// silence of the peer does not count.
    /// </summary>
    public abstract void PauseReceiving();

    /// <summary>Resumes receiving after <see cref="PauseReceiving"/>.</summary>
    public abstract void ResumeReceiving();

    /// <summary>Whether messages may be sent, which is until the local close frame is sent.</summary>
    internal abstract bool IsOpen { get; }

    /// <summary>
    /// The number of bytes that fit into the send queue below its high-water mark; 0 while the connection is not writable.
    /// </summary>
    internal abstract long SendRoom { get; }

    /// <summary>
    /// Closes the connection for the peer's close frame or fault, once the application has responded to earlier messages.
    /// </summary>
    /// <returns>False when no end was due.</returns>
    internal abstract bool EndDeferred();

    /// <summary>Queues one message, whose text is already validated as UTF-8.</summary>
    internal abstract void SendMessage(ReadOnlySpan<byte> payload, MessageType type);

    /// <summary>Queues a message that was framed once.</summary>
    private protected abstract void SendPrepared(PreparedMessage message);

    /// <summary>Queues the next part of a message.</summary>
    private protected abstract void SendNextPart(ReadOnlySpan<byte> payload, MessageType type, bool isLast);

    /// <summary>Switches to delivering messages in parts.</summary>
    private protected abstract void DeliverParts();

    /// <summary>Starts the closing handshake.</summary>
    /// <param name="code">A code that may be sent.</param>
    /// <param name="reason">A reason that fits into a close frame.</param>
    private protected abstract void StartClose(CloseCode code, string reason);

    /// <summary>
    /// Throws when the caller is not on the shard, because a connection has no locks and a call from another thread would
    /// corrupt its state.
    /// </summary>
    /// <exception cref="InvalidOperationException">The caller does not run on the shard.</exception>
    private protected void CheckShard()
    {
        if (!Shard.IsCurrent) ThrowNotOnShard();
    }

    [DoesNotReturn]
    private static void ThrowNotOnShard() => throw new InvalidOperationException(
        "A connection must be used on its shard, and this call comes from another thread: queue it with connection.Shard.Post. "
        + "ConfigureAwait(false) on an await leaves the shard.");
}

using System.Diagnostics.CodeAnalysis;
using Duplex.Execution;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// One WebSocket, whichever shell runs it: an event loop, Kestrel, or a client's stream. It belongs to its
/// <see cref="Shard"/>; members are for the shard only unless they say otherwise, and throw
/// <see cref="InvalidOperationException"/> elsewhere: hand the call over with <see cref="Duplex.Execution.Shard.Post{TState}"/>.
/// </summary>
public abstract class WebSocketConnection
{
    /// <summary>The shard on which every call about this connection is made. Safe from any thread.</summary>
    public abstract Shard Shard { get; }

    /// <summary>The negotiated subprotocol, or null. RFC 6455 section 1.9.</summary>
    public string? Subprotocol { get; protected init; }

    /// <summary>Room for the application's own object, so that it needs no dictionary of connections.</summary>
    public object? State { get; set; }

    /// <summary>Bytes accepted for sending that the transport has not yet taken.</summary>
    public abstract long QueuedBytes { get; }

    /// <summary>
    /// False while the send queue is above its high-water mark; <see cref="IWebSocketHandler.OnWritable"/> tells
    /// when it is true again. Sending is still possible meanwhile; a message that finds the queue above its limit
    /// drops the connection.
    /// </summary>
    public abstract bool IsWritable { get; }

    /// <summary>Time between the last ping sent and its pong; null before the first pong.</summary>
    public abstract TimeSpan? RoundTripTime { get; }

    /// <summary>Queues one message; the payload is copied. Ignored once the connection is closing.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="type">Text or binary.</param>
    /// <exception cref="ArgumentException">The message is text and not UTF-8.</exception>
    /// <exception cref="InvalidOperationException">A message is being sent in parts.</exception>
    public void Send(ReadOnlySpan<byte> payload, MessageType type)
    {
        CheckShard();
        MessageText.Check(payload, type);
        SendMessage(payload, type);
    }

    /// <summary>
    /// Queues one message, as it was received; the payload is copied, and known to be UTF-8 if it is text. Ignored once
    /// the connection is closing.
    /// </summary>
    /// <exception cref="InvalidOperationException">A message is being sent in parts.</exception>
    public void Send(in WebSocketMessage message)
    {
        CheckShard();
        SendMessage(message.Payload, message.Type);
    }

    /// <summary>
    /// Queues a message that was framed once for many connections. The connection takes a reference of its own
    /// and releases it when the bytes have left. Ignored once the connection is closing.
    /// </summary>
    /// <exception cref="InvalidOperationException">A message is being sent in parts.</exception>
    public void Send(PreparedMessage message)
    {
        CheckShard();
        ArgumentNullException.ThrowIfNull(message);
        SendPrepared(message);
    }

    /// <summary>
    /// Queues the next part of a message that is too large to be sent at once, as a fragment (RFC 6455 section 5.4);
    /// the payload is copied. Until the last part no other message can be sent, but control frames can. There is no way
    /// to take back a message that was begun other than <see cref="Close"/>. Ignored once the connection is closing.
    /// </summary>
    /// <param name="payload">The part. An empty one is nothing, unless it is the last.</param>
    /// <param name="type">Text or binary: the same for all parts. Text may be cut inside a character.</param>
    /// <param name="isLast">Whether the message ends with this part.</param>
    /// <exception cref="ArgumentException">
    /// The type is not that of the message, or the text is not UTF-8. The part is then not sent; another may be.
    /// </exception>
    public void SendPart(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        CheckShard();
        SendNextPart(payload, type, isLast);
    }

    /// <summary>
    /// From now on messages come in parts, as they arrive, to <see cref="IWebSocketHandler.OnMessagePart"/>: memory is
    /// needed for a part only, and <see cref="WebSocketConnectionOptions.MaxMessageBytes"/> may be as large as is wanted.
    /// Every limit holds as for whole messages. Usually called in <see cref="IWebSocketHandler.OnOpen"/>; a message under
    /// way begins with what has arrived of it. Cannot be undone.
    /// </summary>
    public void ReceiveInParts()
    {
        CheckShard();
        DeliverParts();
    }

    /// <summary>
    /// Starts the close handshake after what is queued: sends a close frame and waits, within the close time-out,
    /// for the peer's. RFC 6455 section 7.1.2. Later calls do nothing.
    /// </summary>
    /// <param name="code">
    /// A code that may be sent: see <see cref="CloseCode"/>. <see cref="CloseCode.NoStatusReceived"/> sends a close frame without a code.
    /// </param>
    /// <param name="reason">At most 123 bytes of UTF-8; longer text is cut at a character boundary.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent; the connection is left as it was.</exception>
    public void Close(CloseCode code, string reason = "")
    {
        CheckShard();
        CloseCodes.ThrowIfNotSendable(code);
        StartClose(code, ClosePayload.CutReason(reason));
    }

    /// <summary>Drops the connection at once, unsent bytes included. Safe from any thread.</summary>
    public abstract void Abort();

    /// <summary>
    /// Receives nothing more until <see cref="ResumeReceiving"/>, so that the transport holds up the peer. What the
    /// transport has read already is retained: 64 KiB or little more. Pings are not answered meanwhile, and the time does
    /// not count against the peer.
    /// </summary>
    public abstract void PauseReceiving();

    /// <summary>Continues to receive after <see cref="PauseReceiving"/>.</summary>
    public abstract void ResumeReceiving();

    /// <summary>Whether messages may still be sent: our close frame has not been.</summary>
    protected internal abstract bool IsOpen { get; }

    /// <summary>Closes the connection as the peer has made due, once the application has answered what came before.</summary>
    /// <returns>False when no end was due.</returns>
    protected internal abstract bool EndDeferred();

    /// <summary>Queues one message, of which text is known to be UTF-8.</summary>
    protected internal abstract void SendMessage(ReadOnlySpan<byte> payload, MessageType type);

    /// <summary>Queues a message that was framed once.</summary>
    protected abstract void SendPrepared(PreparedMessage message);

    /// <summary>Queues the next part of a message.</summary>
    protected abstract void SendNextPart(ReadOnlySpan<byte> payload, MessageType type, bool isLast);

    /// <summary>Delivers messages in parts from now on.</summary>
    protected abstract void DeliverParts();

    /// <summary>Starts the close handshake.</summary>
    /// <param name="code">A code that may be sent.</param>
    /// <param name="reason">A reason that fits into a close frame.</param>
    protected abstract void StartClose(CloseCode code, string reason);

    /// <summary>Nothing about a connection is locked, so a call from another thread would corrupt what the shard works on.</summary>
    /// <exception cref="InvalidOperationException">The caller does not run on the shard.</exception>
    protected void CheckShard()
    {
        if (!Shard.IsCurrent) ThrowNotOnShard();
    }

    [DoesNotReturn]
    private static void ThrowNotOnShard() => throw new InvalidOperationException(
        "A connection is used on its shard only, and this call comes from another thread: hand it over with connection.Shard.Post. "
        + "After an await, ConfigureAwait(false) is what leaves the shard.");
}

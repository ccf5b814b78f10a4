using System.Runtime.CompilerServices;
using System.Text;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Represents a connection that a task reads from and writes to with awaits, as an alternative to a handler. Messages are
/// whole, or streamed when they are large; cancelling a wait does not change the connection; a normal close ends the loop
/// over <see cref="ReadAllAsync"/> without an exception; a slow reader applies backpressure to its peer. Safe from any
/// thread.
/// </summary>
public class AsyncConnection
{
    private readonly AwaitedHandler _handler;
    private readonly WebSocketConnection _connection;

    internal AsyncConnection(AwaitedHandler handler, WebSocketConnection connection)
    {
        _handler = handler;
        _connection = connection;
    }

    /// <summary>The negotiated subprotocol, or null.</summary>
    public string? Subprotocol => _connection.Subprotocol;

    /// <summary>The time between the last ping and its pong; null before the first pong.</summary>
    public TimeSpan? RoundTripTime => _connection.RoundTripTime;

    /// <summary>A task that completes with the end of the connection. It never faults.</summary>
    public Task<ConnectionEnd> Completion => _handler.Completion;

    internal AwaitedHandler Handler => _handler;

    internal WebSocketConnection Connection => _connection;

    internal long QueuedReceiveBytes => _handler.QueuedBytes;

    /// <summary>
    /// Returns the messages as they arrive, until the end of the connection. Several readers share them. The loop ends
    /// without an exception when either side closed normally: the local side with any code, or the peer with 1000, 1001 or
    /// no code.
    /// </summary>
    /// <param name="cancellationToken">Cancels this wait and not the connection; reading can be resumed.</param>
    /// <exception cref="WebSocketClosedException">The connection ended in another way.</exception>
    /// <exception cref="InvalidOperationException">The connection is read with <see cref="StreamAllAsync"/>.</exception>
    public async IAsyncEnumerable<ReceivedMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_handler.IsStreaming) throw new InvalidOperationException("The messages of this connection are read as streams.");
        while (await _handler.Inbox.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_handler.Inbox.TryRead(out var entry))
            {
                _handler.OnTaken(entry.Whole.Payload.Length);
                try
                {
                    yield return entry.Whole;
                }
                finally
                {
                    _handler.OnFinished();
                }
            }
        }

        _handler.ThrowIfAbnormal(await Completion.ConfigureAwait(false));
    }

    /// <summary>
    /// Returns the messages as streams, each from its first bytes on, for messages of up to
    /// <see cref="WebSocketConnectionOptions.MaxMessageBytes"/> that are too large for memory. All limits apply as for whole
    /// messages. Call it before a large message can arrive, and use it instead of <see cref="ReadAllAsync"/> from then on.
    /// The loop disposes each message before the next one, which discards its unread bytes, and ends like that of
    /// <see cref="ReadAllAsync"/>.
    /// </summary>
    /// <param name="cancellationToken">Cancels this wait and not the connection; reading can be resumed.</param>
    /// <exception cref="WebSocketClosedException">The connection ended in another way.</exception>
    public IAsyncEnumerable<IncomingMessageStream> StreamAllAsync(CancellationToken cancellationToken = default)
    {
        _handler.StartStreaming(_connection);
        return StreamEachAsync(cancellationToken);
    }

    /// <summary>
    /// Sends one message. The task completes when the message is queued: before the call returns when the queue has room for
    /// a copy of it below the high-water mark and no other send waits, otherwise as soon as there is room. Messages are sent
    /// in the order of the calls; those of calls in quick succession leave in one write. A queued message is sent before a
    /// close frame of either side is sent or answered; it is lost when the connection is dropped.
    /// </summary>
    /// <param name="payload">The message, which must not change before the task completes. Text must be UTF-8.</param>
    /// <param name="type">The type of the message: text or binary.</param>
    /// <param name="cancellationToken">
    /// Cancels the wait: the message is then not sent, and the connection does not change. No effect on a queued message.
    /// </param>
    /// <returns>
    /// Whether the message was queued; false when either side has closed normally before, which also ends a loop over
    /// <see cref="ReadAllAsync"/> without an exception.
    /// </returns>
    /// <exception cref="ArgumentException">The message is text and not UTF-8; thrown by the call.</exception>
    /// <exception cref="WebSocketClosedException">The connection has ended in another way.</exception>
    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> payload, MessageType type, CancellationToken cancellationToken = default)
    {
        MessageText.Check(payload.Span, type);
        return SendMessageAsync(payload, type, cancellationToken);
    }

    /// <summary>Sends one text message.</summary>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, MessageType, CancellationToken)"/>
    public ValueTask<bool> SendAsync(string text, CancellationToken cancellationToken = default) =>
        SendMessageAsync(Encoding.UTF8.GetBytes(text), MessageType.Text, cancellationToken);

    /// <summary>Sends one binary message.</summary>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, MessageType, CancellationToken)"/>
    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) =>
        SendMessageAsync(payload, MessageType.Binary, cancellationToken);

    /// <summary>Sends a received message, on this connection or another.</summary>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, MessageType, CancellationToken)"/>
    public ValueTask<bool> SendAsync(ReceivedMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(message.Payload, message.Type, cancellationToken);

    /// <summary>
    /// Begins a message that is sent in parts and never held as a whole: <c>await using var message =
    /// connection.BeginMessage(MessageType.Binary); await file.CopyToAsync(message); await message.CompleteAsync();</c>. No
    /// frame is sent before its first part; from then on other messages wait until it is complete.
    /// </summary>
    /// <param name="type">The type of the message: text or binary.</param>
    public OutgoingMessageStream BeginMessage(MessageType type) => new(_handler, _connection, type);

    /// <summary>
    /// Starts the closing handshake after the queued messages, and waits for the end of the connection, which the close
    /// time-out bounds. Messages received before it can still be read. RFC 6455 section 7.1.2.
    /// </summary>
    /// <param name="code">The close code: 1000, 3000 to 4999, or another code that may be sent.</param>
    /// <param name="reason">The reason, at most 123 bytes of UTF-8; longer text is cut at a character boundary.</param>
    /// <param name="cancellationToken">Cancels the wait; the connection is still closed.</param>
    /// <returns>The end of the connection, with the peer's code and reason.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent.</exception>
    public Task<ConnectionEnd> CloseAsync(
        CloseCode code = CloseCode.NormalClosure, string reason = "", CancellationToken cancellationToken = default)
    {
        CloseCodes.ThrowIfNotSendable(code == CloseCode.NoStatusReceived ? default : code);
        ArgumentNullException.ThrowIfNull(reason);
        _handler.PostClose(_connection.Shard, code, reason);
        return Completion.WaitAsync(cancellationToken);
    }

    private async IAsyncEnumerable<IncomingMessageStream> StreamEachAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _handler.Inbox.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_handler.Inbox.TryRead(out var entry))
            {
                // Messages that were received whole, before streams were requested, leave the inbox here.
                if (entry.Incoming is null) _handler.OnTaken(entry.Whole.Payload.Length);
                var message = entry.Incoming ?? new IncomingMessageStream(entry.Whole);
                try
                {
                    yield return message;
                }
                finally
                {
                    await message.DisposeAsync().ConfigureAwait(false);
                    _handler.OnFinished();
                }
            }
        }

        _handler.ThrowIfAbnormal(await Completion.ConfigureAwait(false));
    }

    private ValueTask<bool> SendMessageAsync(ReadOnlyMemory<byte> payload, MessageType type, CancellationToken cancellationToken) =>
        _handler.Sends.SendAsync(_connection, payload, type, cancellationToken);
}

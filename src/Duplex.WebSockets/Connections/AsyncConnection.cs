using System.Runtime.CompilerServices;
using System.Text;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// A connection that a task reads from and writes to with awaits, in place of a handler's calls.
/// Whole messages, unless a large one is to be streamed; cancelling a wait leaves the connection as it is; a normal close
/// ends the loop over <see cref="ReadAllAsync"/> without an exception; a slow reader holds up its peer. Safe from any
/// thread.
/// </summary>
public class AsyncConnection
{
    private readonly ClientHandler _handler;
    private readonly WebSocketConnection _connection;

    internal AsyncConnection(ClientHandler handler, WebSocketConnection connection)
    {
        _handler = handler;
        _connection = connection;
    }

    /// <summary>The subprotocol agreed on, or null.</summary>
    public string? Subprotocol => _connection.Subprotocol;

    /// <summary>Time between the last ping and its pong; null before the first pong.</summary>
    public TimeSpan? RoundTripTime => _connection.RoundTripTime;

    /// <summary>Completes when the connection has ended, with how. Never faults.</summary>
    public Task<ConnectionEnd> Completion => _handler.Completion;

    internal ClientHandler Handler => _handler;

    internal WebSocketConnection Connection => _connection;

    internal long QueuedReceiveBytes => _handler.QueuedBytes;

    /// <summary>
    /// The messages as they arrive, to the end of the connection. Several readers share them. Ends without an
    /// exception when either side closed normally: we did, or the peer did with 1000, 1001 or no code.
    /// </summary>
    /// <param name="cancellationToken">Ends this wait, not the connection; reading can be taken up again.</param>
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
    /// The messages as streams, each from its first bytes on: for messages that are too large to be held, of up to
    /// <see cref="WebSocketConnectionOptions.MaxMessageBytes"/>. Every limit holds as for whole messages. Call it before
    /// anything large can arrive, and from then on instead of <see cref="ReadAllAsync"/>. Going on to the next message
    /// disposes the one before, which discards what was not read of it. Ends as <see cref="ReadAllAsync"/> does.
    /// </summary>
    /// <param name="cancellationToken">Ends this wait, not the connection; reading can be taken up again.</param>
    /// <exception cref="WebSocketClosedException">The connection ended in another way.</exception>
    public IAsyncEnumerable<IncomingMessageStream> StreamAllAsync(CancellationToken cancellationToken = default)
    {
        _handler.StartStreaming(_connection);
        return StreamEachAsync(cancellationToken);
    }

    /// <summary>Sends one message. Completes when it is queued; while the queue is above its high-water mark it waits for room.</summary>
    /// <param name="payload">The message; must not change before the task completes. Text must be UTF-8.</param>
    /// <param name="type">Text or binary.</param>
    /// <param name="cancellationToken">Ends the wait: the message is then not sent. The connection is left as it is.</param>
    /// <returns>
    /// Whether it was queued; false when either side has closed normally before, which ends a loop over
    /// <see cref="ReadAllAsync"/> without an exception too.
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

    /// <summary>Sends one message as it was received, on this connection or another.</summary>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, MessageType, CancellationToken)"/>
    public ValueTask<bool> SendAsync(ReceivedMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(message.Payload, message.Type, cancellationToken);

    /// <summary>
    /// Begins a message that is sent in parts, without being held as a whole:
    /// <c>await using var message = connection.BeginMessage(MessageType.Binary); await file.CopyToAsync(message); await message.CompleteAsync();</c>.
    /// Nothing is sent before its first part; then other messages wait until it is complete.
    /// </summary>
    /// <param name="type">Text or binary.</param>
    public OutgoingMessageStream BeginMessage(MessageType type) => new(_handler, _connection, type);

    /// <summary>
    /// Starts the close handshake, after what is queued, and waits for the connection's end: within the close
    /// time-out it comes. Messages received before can still be read. RFC 6455 section 7.1.2.
    /// </summary>
    /// <param name="code">1000, 3000 to 4999, or another code that may be sent.</param>
    /// <param name="reason">At most 123 bytes of UTF-8; longer text is cut at a character boundary.</param>
    /// <param name="cancellationToken">Ends the wait; the connection is closed all the same.</param>
    /// <returns>How the connection ended, the peer's code and reason included.</returns>
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
                // What was received whole, before streams were asked for, waits no longer.
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

    private ValueTask<bool> SendMessageAsync(ReadOnlyMemory<byte> payload, MessageType type, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var operation = new SendOperation(_handler, payload, type, cancellationToken);
        _connection.Shard.Post(operation);
        return new ValueTask<bool>(operation.Task);
    }
}

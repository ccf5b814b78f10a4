using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Client;

/// <summary>
/// Represents one message that is written in parts. Other messages of the connection wait until it is complete; pings and
/// pongs do not. One write at a time. <see cref="CompleteAsync"/> ends the message. Disposing the stream before that
/// abandons the message: a half-sent message cannot be retracted, so the connection is then closed with 1011, and the peer
/// never receives the half as a whole message.
/// </summary>
public sealed class OutgoingMessageStream : Stream
{
    private readonly AwaitedHandler _handler;
    private readonly WebSocketConnection _connection;
    private int _isWriting;
    private bool _isBegun;
    private bool _isComplete;

    internal OutgoingMessageStream(AwaitedHandler handler, WebSocketConnection connection, MessageType type)
    {
        _handler = handler;
        _connection = connection;
        Type = type;
    }

    /// <summary>The type of the message: text or binary.</summary>
    public MessageType Type { get; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => !_isComplete;

    /// <summary>Not supported.</summary>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>
    /// Sends the next part as a fragment (RFC 6455 section 5.4), so each write should hold more than a few bytes. The task
    /// completes when the part is queued; it waits while the queue is above its high-water mark, or another message is being
    /// sent.
    /// </summary>
    /// <param name="buffer">The part; must not change before the task completes. Text may be cut inside a character.</param>
    /// <param name="cancellationToken">
    /// Cancels the wait: these bytes are then not sent, and the message continues with the next write.
    /// </param>
    /// <exception cref="ArgumentException">The text is not UTF-8; these bytes are not sent.</exception>
    /// <exception cref="InvalidOperationException">The message is complete, or another write is pending.</exception>
    /// <exception cref="WebSocketClosedException">
    /// The connection has ended, normally or not, so the message cannot be completed.
    /// </exception>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        SendAsync(buffer, isLast: false, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Ends the message.</summary>
    /// <param name="cancellationToken">Cancels the wait: the message is then not complete.</param>
    /// <exception cref="ArgumentException">The text ends inside a character.</exception>
    /// <exception cref="InvalidOperationException">The message is already complete, or a write is pending.</exception>
    /// <exception cref="WebSocketClosedException">
    /// The connection has ended, normally or not, so the message cannot be completed.
    /// </exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken = default) => SendAsync(default, isLast: true, cancellationToken);

    /// <summary>Does nothing, because every part is sent without a flush.</summary>
    public override void Flush()
    {
    }

    /// <summary>Does nothing, because every part is sent without a flush.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not supported; use an asynchronous write.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Synchronous writes are not supported: use WriteAsync.");

    /// <summary>Not supported.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Sends a part, which may be the last.</summary>
    internal async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, bool isLast, CancellationToken cancellationToken)
    {
        if (_isComplete) throw new InvalidOperationException("The message is complete.");
        if (buffer.IsEmpty && !isLast) return;
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _isWriting, 1) != 0) throw new InvalidOperationException("Another write is pending.");
        try
        {
            var operation = new SendOperation(_handler, buffer, Type, cancellationToken) { Message = this, IsLast = isLast };
            _handler.Sends.Post(_connection, operation);
            await operation.Task.ConfigureAwait(false);
            _isBegun = true;
            _isComplete = isLast;
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _isBegun && !_isComplete)
        {
            _isComplete = true;
            _connection.Shard.Post(static message => message._handler.Abandon(message), this);
        }

        base.Dispose(disposing);
    }
}

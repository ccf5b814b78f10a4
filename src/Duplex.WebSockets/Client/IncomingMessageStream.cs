using System.Buffers;
using System.Threading.Channels;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Client;

/// <summary>
/// Represents one received message that is read while it arrives. The bytes that were received and not yet read are bounded;
/// above the bound the peer gets backpressure. Reads return 0 at the end of the message, and throw
/// <see cref="WebSocketClosedException"/> when the connection ended before it. One read at a time. Disposing the stream
/// discards the unread bytes; the connection stays open.
/// </summary>
public sealed class IncomingMessageStream : Stream
{
    private readonly Channel<Part> _parts = Channel.CreateUnbounded<Part>(new() { SingleReader = true, SingleWriter = true });
    private readonly Lock _lock = new();
    private readonly AwaitedHandler? _handler;
    private Part _part;
    private int _taken;
    private bool _isDiscarded;

    internal IncomingMessageStream(MessageType type, AwaitedHandler handler)
    {
        Type = type;
        _handler = handler;
    }

    /// <summary>Creates the stream of a message that was received whole.</summary>
    internal IncomingMessageStream(in ReceivedMessage whole)
    {
        Type = whole.Type;
        _parts.Writer.TryWrite(new Part(whole.Payload, null));
        _parts.Writer.TryComplete();
    }

    /// <summary>
    /// The type of the message: text or binary. Text is valid UTF-8 as far as it was read; a read may end inside a
    /// character.
    /// </summary>
    public MessageType Type { get; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Not supported, because the length of a message is not known in advance.</summary>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads the next bytes, and waits until at least one has arrived.</summary>
    /// <param name="buffer">The memory that receives the bytes.</param>
    /// <param name="cancellationToken">Cancels this wait; the message and the connection do not change.</param>
    /// <returns>The number of bytes; 0 at the end of the message.</returns>
    /// <exception cref="WebSocketClosedException">The connection ended before the message was whole.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_taken == _part.Bytes.Length)
        {
            Release();
            if (_parts.Reader.TryRead(out _part)) continue;
            if (!await _parts.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false)) return 0;
        }

        var count = Math.Min(buffer.Length, _part.Bytes.Length - _taken);
        _part.Bytes.Slice(_taken, count).CopyTo(buffer);
        _taken += count;
        if (_taken == _part.Bytes.Length) Release();
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Reads the rest of the message into memory, up to <see cref="WebSocketConnectionOptions.MaxMessageBytes"/>.</summary>
    /// <exception cref="WebSocketClosedException">The connection ended before the message was whole.</exception>
    public async Task<ReceivedMessage> ReadToEndAsync(CancellationToken cancellationToken = default)
    {
        using var rest = new MemoryStream();
        await CopyToAsync(rest, cancellationToken).ConfigureAwait(false);
        return new ReceivedMessage(Type, rest.ToArray());
    }

    /// <summary>Not supported; use an asynchronous read.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Messages are read asynchronously.");

    /// <summary>Not supported.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Does nothing.</summary>
    public override void Flush()
    {
    }

    /// <summary>Adds a part, which is copied. On the shard only.</summary>
    internal void Add(ReadOnlySpan<byte> payload)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(buffer);
        lock (_lock)
        {
            if (!_isDiscarded && _parts.Writer.TryWrite(new Part(buffer.AsMemory(0, payload.Length), buffer))) return;
        }

        Return(new Part(buffer.AsMemory(0, payload.Length), buffer));
    }

    /// <summary>Completes the stream, because the message is whole or the connection has ended. On the shard only.</summary>
    internal void Complete(WebSocketClosedException? exception = null) => _parts.Writer.TryComplete(exception);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_lock) _isDiscarded = true;
            Release();
            while (_parts.Reader.TryRead(out var part)) Return(part);
        }

        base.Dispose(disposing);
    }

    private void Release()
    {
        var part = _part;
        _part = default;
        _taken = 0;
        Return(part);
    }

    private void Return(Part part)
    {
        if (part.Buffer is null) return;
        ArrayPool<byte>.Shared.Return(part.Buffer);
        _handler?.OnTaken(part.Bytes.Length);
    }

    private readonly record struct Part(ReadOnlyMemory<byte> Bytes, byte[]? Buffer);
}

using System.Buffers;
using System.Threading.Channels;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Client;

/// <summary>
/// One message, read while it arrives. What was received and not yet read is bounded; above the bound the peer is held
/// up. Reads end with 0 when the message is whole, and throw <see cref="WebSocketClosedException"/> when the connection
/// ended before. One read at a time. Disposing it discards what was not read; the connection goes on.
/// </summary>
public sealed class IncomingMessageStream : Stream
{
    private readonly Channel<Part> _parts = Channel.CreateUnbounded<Part>(new() { SingleReader = true, SingleWriter = true });
    private readonly Lock _lock = new();
    private readonly ClientHandler? _handler;
    private Part _part;
    private int _taken;
    private bool _isDiscarded;

    internal IncomingMessageStream(MessageType type, ClientHandler handler)
    {
        Type = type;
        _handler = handler;
    }

    /// <summary>A message that was received whole.</summary>
    internal IncomingMessageStream(in ReceivedMessage whole)
    {
        Type = whole.Type;
        _parts.Writer.TryWrite(new Part(whole.Payload, null));
        _parts.Writer.TryComplete();
    }

    /// <summary>Text or binary. Text is valid UTF-8 as far as it was read; a read may end inside a character.</summary>
    public MessageType Type { get; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Not supported: a message does not say how long it will be.</summary>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads the next bytes; waits until there are some.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="cancellationToken">Ends this wait; the message and the connection are left as they are.</param>
    /// <returns>How many; 0 at the end of the message.</returns>
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

    /// <summary>Reads the rest of the message into memory: as much as <see cref="WebSocketConnectionOptions.MaxMessageBytes"/> allows.</summary>
    /// <exception cref="WebSocketClosedException">The connection ended before the message was whole.</exception>
    public async Task<ReceivedMessage> ReadToEndAsync(CancellationToken cancellationToken = default)
    {
        using var rest = new MemoryStream();
        await CopyToAsync(rest, cancellationToken).ConfigureAwait(false);
        return new ReceivedMessage(Type, rest.ToArray());
    }

    /// <summary>Not supported: read asynchronously.</summary>
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

    /// <summary>Nothing more comes: the message is whole, or the connection has ended. On the shard only.</summary>
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

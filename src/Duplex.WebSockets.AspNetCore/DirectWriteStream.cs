using System.Net.Sockets;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>
/// Reads from Kestrel's stream and writes to the socket under it, on the caller's thread: Kestrel's own way is a copy
/// into a pipe, a work item and an asynchronous send per write, which is most of what a fan-out costs there.
/// </summary>
/// <remarks>
/// The response to the handshake leaves through the pipe, and nothing tells when it has left. A client waits for it
/// before it says anything (RFC 6455 section 4.1), so the pipe is empty once the client has been heard. A connection
/// that writes before that goes on as it began.
/// </remarks>
internal sealed class DirectWriteStream : Stream
{
    private readonly Stream _inner;
    private readonly Socket _socket;
    private bool _isPiped;
    private volatile bool _hasHeard;

    public DirectWriteStream(Stream inner, Socket socket)
    {
        _inner = inner;
        _socket = socket;

        // Concerns synchronous calls only: they then take what fits instead of waiting for room.
        _socket.Blocking = false;
    }

    /// <summary>Whether what was written is the socket's, so that its sending side may be ended.</summary>
    public bool IsDirect => _hasHeard && !_isPiped;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _hasHeard ? _inner.ReadAsync(buffer, cancellationToken) : HearAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsDirect)
        {
            _isPiped = true;
            return _inner.WriteAsync(buffer, cancellationToken);
        }

        var sent = _socket.Send(buffer.Span, SocketFlags.None, out var error);
        if (error == SocketError.Success && sent == buffer.Length) return default;
        if (error is SocketError.Success or SocketError.WouldBlock) return WriteRestAsync(buffer[Math.Max(0, sent)..], cancellationToken);
        return ValueTask.FromException(Failure(new SocketException((int)error)));
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask<int> HearAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _hasHeard = true;
        return count;
    }

    private async ValueTask WriteRestAsync(ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        try
        {
            while (rest.Length > 0) rest = rest[await _socket.SendAsync(rest, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
        catch (SocketException exception)
        {
            throw Failure(exception);
        }
    }

    private static IOException Failure(SocketException exception) => new(exception.Message, exception);
}

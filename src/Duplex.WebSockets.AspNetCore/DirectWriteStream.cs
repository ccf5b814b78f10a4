using System.Net.Sockets;
using Duplex.WebSockets.Streams;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>
/// Reads from Kestrel's stream and writes to the underlying socket on the caller's thread. Kestrel's own write path is a
/// copy into a pipe, a work item and an asynchronous send per write, which dominates the cost of a fan-out.
/// </summary>
/// <remarks>
/// The handshake response is sent through the pipe, and no event reports that it has been sent. A client waits for it before
/// it sends data (RFC 6455 section 4.1), so the pipe is empty once the first bytes of the client have arrived. A connection
/// that writes before that continues to write through the pipe.
/// </remarks>
internal sealed class DirectWriteStream : DuplexStream
{
    private readonly Stream _inner;
    private readonly Socket _socket;
    private bool _isPiped;
    private volatile bool _hasReceived;

    public DirectWriteStream(Stream inner, Socket socket)
    {
        _inner = inner;
        _socket = socket;

        // Non-blocking mode affects synchronous calls only: they then send what fits instead of waiting for room.
        _socket.Blocking = false;
    }

    /// <summary>Whether all writes went to the socket, so that its sending side may be shut down.</summary>
    public bool IsDirect => _hasReceived && !_isPiped;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _hasReceived ? _inner.ReadAsync(buffer, cancellationToken) : ReadFirstAsync(buffer, cancellationToken);

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

    private async ValueTask<int> ReadFirstAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _hasReceived = true;
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

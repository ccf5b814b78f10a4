using System.IO.Pipelines;
using System.Net.Sockets;
using Duplex.WebSockets.Sending;
using Duplex.WebSockets.Streams;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>Represents the stream of a connection that Kestrel upgraded, or the stream that carries an HTTP/2 stream's data.</summary>
internal sealed class KestrelTransport : StreamTransport
{
    // RFC 9113 section 7.
    private const int Http2Cancel = 8;

    private readonly HttpContext _context;
    private readonly bool _isHttp1;
    private readonly DirectWriteStream? _direct;
    private readonly Socket? _socket;

    /// <param name="context">The HTTP context of the request.</param>
    /// <param name="stream">The stream of the accepted request.</param>
    /// <param name="isHttp1">Whether the connection is HTTP/1.1 and carries this WebSocket only.</param>
    /// <param name="socket">The socket that <see cref="FindSocket"/> returned before the response was written, or null.</param>
    public KestrelTransport(HttpContext context, Stream stream, bool isHttp1, Socket? socket = null)
    {
        _context = context;
        _isHttp1 = isHttp1;
        _socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        _direct = socket is null ? null : new DirectWriteStream(stream, socket);
        Stream = _direct ?? stream;
    }

    public override Stream Stream { get; }

    public override bool Lingers => _isHttp1;

    public override bool BuffersWrites => _direct is not { IsDirect: true };

    public override long UnsentBytes => _socket is null ? 0 : KernelBacklog.UnsentBytes(_socket.Handle);

    public override void ShutdownSending()
    {
        // Under TLS the socket is not shut down, because that would cut the stream without the close_notify alert of TLS.
        if (!_isHttp1 || _context.Features.Get<ITlsConnectionFeature>() is not null) return;
        try
        {
            _context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer has already closed the socket.
        }
    }

    public override void Abort()
    {
        // RFC 8441 section 5: CANCEL on a stream corresponds to a reset of a TCP connection. Kestrel's own abort reports an
        // internal error.
        if (!_isHttp1 && _context.Features.Get<IHttpResetFeature>() is { } stream) stream.Reset(Http2Cancel);
        else _context.Abort();
    }

    /// <summary>
    /// Returns the socket to write to once the peer has sent its first bytes. Null when bytes must go through Kestrel: a
    /// layer in between (TLS, connection logging) replaces the transport's pipe with its own, or the peer did not wait for
    /// the response, so that its first bytes do not prove that the response has been sent.
    /// </summary>
    public static Socket? FindSocket(HttpContext context)
    {
        if (context.Features.Get<IConnectionTransportFeature>()?.Transport is not { } transport) return null;
        if (transport.GetType().Assembly != typeof(SocketTransportOptions).Assembly || HasUnread(transport.Input)) return null;
        return context.Features.Get<IConnectionSocketFeature>()?.Socket;
    }

    private static bool HasUnread(PipeReader input)
    {
        if (!input.TryRead(out var read)) return false;
        input.AdvanceTo(read.Buffer.Start);
        return true;
    }
}

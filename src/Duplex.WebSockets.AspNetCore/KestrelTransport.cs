using System.IO.Pipelines;
using System.Net.Sockets;
using Duplex.WebSockets.Streams;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>The stream that Kestrel hands over after an upgrade, or that carries an HTTP/2 stream's data.</summary>
internal sealed class KestrelTransport : StreamTransport
{
    // RFC 9113 section 7.
    private const int Http2Cancel = 8;

    private readonly HttpContext _context;
    private readonly bool _isHttp1;
    private readonly DirectWriteStream? _direct;

    /// <param name="context">The request.</param>
    /// <param name="stream">What came of it.</param>
    /// <param name="isHttp1">Whether the connection is ours alone.</param>
    /// <param name="socket">What <see cref="FindSocket"/> found before the response was written.</param>
    public KestrelTransport(HttpContext context, Stream stream, bool isHttp1, Socket? socket = null)
    {
        _context = context;
        _isHttp1 = isHttp1;
        _direct = socket is null ? null : new DirectWriteStream(stream, socket);
        Stream = _direct ?? stream;
    }

    public override Stream Stream { get; }

    public override bool Lingers => _isHttp1;

    public override bool BuffersWrites => _direct is not { IsDirect: true };

    public override void ShutdownSending()
    {
        // Under TLS the socket is not ours to shut: its end would cut the stream without TLS's own goodbye.
        if (!_isHttp1 || _context.Features.Get<ITlsConnectionFeature>() is not null) return;
        try
        {
            _context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer was faster: the socket has ended already.
        }
    }

    public override void Abort()
    {
        // RFC 8441 section 5: what a reset is to a TCP connection, CANCEL is to a stream. Kestrel's own abort blames an internal error.
        if (!_isHttp1 && _context.Features.Get<IHttpResetFeature>() is { } stream) stream.Reset(Http2Cancel);
        else _context.Abort();
    }

    /// <summary>
    /// The socket to write to once the peer was heard. Null where bytes must go through Kestrel: something stands
    /// between (TLS, a log of the bytes), which puts a pipe of its own in place of the transport's; or the peer did
    /// not wait for the response, so that hearing from it will not mean that the response has left.
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

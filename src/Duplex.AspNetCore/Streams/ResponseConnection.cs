using System.Net.Sockets;
using Duplex.WebSockets.Sending;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>
/// Represents the connection that carries a streamed response. An HTTP/1.1 connection carries only this response and is
/// closed after it. It can therefore be dropped after the request has ended, which releases the bytes that the server
/// buffers for a peer that does not read.
/// </summary>
internal sealed class ResponseConnection
{
    private readonly HttpContext _context;
    private readonly IConnectionLifetimeFeature? _connection;
    private readonly Socket? _socket;
    private readonly Lock _gate = new();
    private bool _isOver;

    public ResponseConnection(HttpContext context)
    {
        _context = context;
        _socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        var protocol = context.Request.Protocol;
        if (!HttpProtocol.IsHttp2(protocol) && !HttpProtocol.IsHttp3(protocol)) _connection = context.Features.Get<IConnectionLifetimeFeature>();
    }

    /// <summary>The bytes that the local kernel has taken from the response and not sent; 0 where they are not known.</summary>
    public long UnsentBytes => _socket is null ? 0 : KernelBacklog.UnsentBytes(_socket.Handle);

    /// <summary>Announces in the response's header that the connection closes after it, in HTTP/1.1.</summary>
    public void AnnounceEnd()
    {
        if (_connection is not null) _context.Response.Headers.Connection = "close";
    }

    /// <summary>Marks the end of the request. Buffered bytes of the response are still sent, or dropped with the connection.</summary>
    public void EndRequest()
    {
        lock (_gate) _isOver = true;
    }

    /// <summary>Drops the connection and any unsent bytes. Safe from any thread.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _context.Abort();
                return;
            }
        }

        if (_connection is { ConnectionClosed.IsCancellationRequested: false }) _connection.Abort();
    }
}

using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>
/// The connection under a response that never ends. In HTTP/1.1 it carries nothing else and is closed behind the
/// response, so that it can be dropped after the request too: bytes that the server holds for a peer that does not read
/// would stay for ever.
/// </summary>
internal sealed class StreamConnection
{
    private readonly HttpContext _context;
    private readonly IConnectionLifetimeFeature? _connection;
    private readonly Lock _gate = new();
    private bool _isOver;

    public StreamConnection(HttpContext context)
    {
        _context = context;
        var protocol = context.Request.Protocol;
        if (!HttpProtocol.IsHttp2(protocol) && !HttpProtocol.IsHttp3(protocol)) _connection = context.Features.Get<IConnectionLifetimeFeature>();
    }

    /// <summary>Announces in the response's head that the connection ends with it, where it can.</summary>
    public void AnnounceEnd()
    {
        if (_connection is not null) _context.Response.Headers.Connection = "close";
    }

    /// <summary>The request is over: what the server still holds of the response goes out, or is dropped with the connection.</summary>
    public void EndRequest()
    {
        lock (_gate) _isOver = true;
    }

    /// <summary>Drops the peer, whatever is still to be sent. Safe from any thread.</summary>
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

using System.Net.Sockets;
using Duplex.WebSockets.Streams;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Duplex.AspNetCore.WebSockets;

/// <summary>The stream that Kestrel hands over after an upgrade, or that carries an HTTP/2 stream's data.</summary>
internal sealed class KestrelTransport(HttpContext context, Stream stream, bool isHttp1) : StreamTransport
{
    public override Stream Stream => stream;

    public override bool Lingers => isHttp1;

    public override void ShutdownSending()
    {
        // Under TLS the socket is not ours to shut: its end would cut the stream without TLS's own goodbye.
        if (!isHttp1 || context.Features.Get<ITlsConnectionFeature>() is not null) return;
        try
        {
            context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer was faster: the socket has ended already.
        }
    }

    public override void Abort() => context.Abort();
}

using System.Net.Sockets;
using Duplex.WebSockets.Streams;

namespace Duplex.WebSockets.Client;

/// <summary>A client's socket, and the stream over it: the socket's own or TLS.</summary>
internal sealed class ClientTransport(Socket socket, Stream stream) : StreamTransport, IAsyncDisposable
{
    public override Stream Stream { get; } = stream;

    public override bool BuffersWrites => false;

    public override void ShutdownSending()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer was faster: there is nothing left to end.
        }
    }

    public override void Abort() => socket.Dispose();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            socket.Dispose();
        }
    }
}

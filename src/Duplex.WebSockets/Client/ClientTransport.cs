using System.Net.Sockets;
using Duplex.WebSockets.Streams;

namespace Duplex.WebSockets.Client;

/// <summary>Represents a client's socket and the stream over it, which is the socket's own or a TLS stream.</summary>
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
            // The peer has already closed the socket.
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

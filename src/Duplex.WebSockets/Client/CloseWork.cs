using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Client;

/// <summary>Starts the close handshake, from any thread.</summary>
internal sealed class CloseWork(ClientHandler handler, CloseCode code, string reason) : IOwnerWork
{
    public void Run() => handler.Close(code, reason);
}

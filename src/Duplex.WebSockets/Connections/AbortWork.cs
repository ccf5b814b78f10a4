namespace Duplex.WebSockets.Connections;

/// <summary>Drops a connection, from any thread.</summary>
internal sealed class AbortWork(ProtocolConnection connection) : IOwnerWork
{
    public void Run() => connection.Abort();
}

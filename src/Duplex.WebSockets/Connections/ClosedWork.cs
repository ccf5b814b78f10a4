namespace Duplex.WebSockets.Connections;

/// <summary>Tells a connection's handler of its end, in an item of work of its own.</summary>
internal sealed class ClosedWork(ProtocolConnection connection, ConnectionEnd end) : IOwnerWork
{
    public void Run() => connection.OnClosed(end);
}

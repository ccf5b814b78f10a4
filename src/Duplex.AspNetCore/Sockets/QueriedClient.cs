using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.AspNetCore.Sockets;

/// <summary>Represents a one-way client whose connect request is in the query of its handshake, so that it need not send a message.</summary>
internal sealed class QueriedClient(SocketClient client, byte[] connect) : IWebSocketHandler
{
    public void OnOpen(WebSocketConnection connection)
    {
        client.OnOpen(connection);
        client.Connect(connect);
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) => client.OnMessage(connection, message);

    public void OnWritable(WebSocketConnection connection) => client.OnWritable(connection);

    public void OnStopping(WebSocketConnection connection) => client.OnStopping(connection);

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) => client.OnClosed(connection, end);
}

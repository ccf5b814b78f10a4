using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace EchoServer;

/// <summary>Returns each message with its opcode.</summary>
internal sealed class EchoHandler : IWebSocketHandler
{
    public void OnOpen(WebSocketConnection connection) { }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) => connection.Send(message.Payload, message.Type);

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) { }
}

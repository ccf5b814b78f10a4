using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;
using Showcase.Waiting;

namespace Showcase.Lab;

/// <summary>A WebSocket that returns each message. Its place is free again when it has closed.</summary>
internal sealed class LabEcho(Waiters places) : IWebSocketHandler
{
    public void OnOpen(WebSocketConnection connection)
    {
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) => connection.Send(message.Payload, message.Type);

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) => places.Leave();
}

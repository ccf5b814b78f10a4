using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>Represents an endpoint whose connections have no state and share one handler.</summary>
internal sealed class MessageEndpoint(MessageHandler handler, WebSocketConnectionOptions options) : WebSocketEndpoint, IWebSocketHandler
{
    public override WebSocketConnectionOptions Options => options;

    public override IWebSocketHandler Accept(in UpgradeContext context) => this;

    public void OnOpen(WebSocketConnection connection)
    {
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) => handler(connection, message);

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
    }
}

using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;

namespace EchoServer;

/// <summary>An endpoint with one handler for all connections.</summary>
internal sealed class SharedEndpoint(IWebSocketHandler handler, WebSocketConnectionOptions options) : WebSocketEndpoint
{
    public override WebSocketConnectionOptions Options { get; } = options;

    public override IWebSocketHandler Accept(in UpgradeContext context) => handler;
}

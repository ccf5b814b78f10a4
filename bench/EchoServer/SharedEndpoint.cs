using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;

namespace EchoServer;

/// <summary>An endpoint with one handler for all connections, and limits wide enough for every load.</summary>
internal sealed class SharedEndpoint(IWebSocketHandler handler) : WebSocketEndpoint
{
    private static readonly WebSocketConnectionOptions Wide = new()
    {
        MaxMessageBytes = 16 * 1024 * 1024,
        SendLimitBytes = 64 * 1024 * 1024,
        AllowedOrigins = ["*"],
    };

    public override WebSocketConnectionOptions Options => Wide;

    public override IWebSocketHandler Accept(in UpgradeContext context) => handler;
}

using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;

namespace EchoServer;

/// <summary>An endpoint with one handler for all connections, and limits wide enough for every load.</summary>
internal sealed class SharedEndpoint(IWebSocketHandler handler, DeflateOptions? compression = null) : WebSocketEndpoint
{
    public override WebSocketConnectionOptions Options { get; } = new()
    {
        MaxMessageBytes = 16 * 1024 * 1024,
        SendLimitBytes = 64 * 1024 * 1024,
        AllowedOrigins = ["*"],
        Compression = compression,
    };

    public override IWebSocketHandler Accept(in UpgradeContext context) => handler;
}

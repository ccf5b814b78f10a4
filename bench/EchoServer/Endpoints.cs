using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;

namespace EchoServer;

/// <summary>The two endpoints, for the loops.</summary>
internal sealed class Endpoints : IUpgradeRouter
{
    public static readonly Duplex.WebSockets.Hosting.WebSocketOptions Options = new()
    {
        MaxMessageBytes = 16 * 1024 * 1024,
        SendLimitBytes = 64 * 1024 * 1024,
        AllowedOrigins = ["*"],
    };

    private readonly Endpoint _echo = new(new EchoHandler());
    private readonly Endpoint _fan = new(new FanHandler());

    public WebSocketEndpoint? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host) =>
        path.SequenceEqual("/echo"u8) ? _echo : path.SequenceEqual("/fan"u8) ? _fan : null;

    private sealed class Endpoint(IWebSocketHandler handler) : WebSocketEndpoint
    {
        public override Duplex.WebSockets.Hosting.WebSocketOptions Options => Endpoints.Options;

        public override IWebSocketHandler Accept(in UpgradeContext context) => handler;
    }
}

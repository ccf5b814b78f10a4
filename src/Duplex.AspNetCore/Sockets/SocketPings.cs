using Duplex.Messaging;
using Duplex.WebSockets.Hosting;

namespace Duplex.AspNetCore.Sockets;

/// <summary>Adds pings of the WebSocket protocol (RFC 6455 section 5.5.2) at the hub's interval.</summary>
internal static class SocketPings
{
    public static WebSocketConnectionOptions AddTo(WebSocketConnectionOptions options, HubOptions hub) => hub.PingInterval is null
        ? options
        : options with
        {
            PingInterval = hub.PingInterval,
            PongTimeout = hub.PongTimeout,
        };
}

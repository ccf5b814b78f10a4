using Duplex.AspNetCore.Sockets;
using Duplex.AspNetCore.Streams;
using Duplex.AspNetCore.WebSockets;
using Duplex.Messaging;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Duplex.AspNetCore.Hosting;

/// <summary>The endpoints clients connect to.</summary>
internal static class ClientEndpoints
{
    private const string WebSocketPath = "/connection/websocket";
    private const string OneWayWebSocketPath = "/connection/uni_websocket";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var hub = endpoints.ServiceProvider.GetRequiredService<Hub>();
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<TransportOptions>>().Value;
        var engine = Engine(options);
        var wires = new SocketWires();
        var rate = new ConnectionRate(options.ConnectionRateLimit, endpoints.ServiceProvider.GetRequiredService<TimeProvider>());
        endpoints.MapWebSocket(WebSocketPath, new HubEndpoint(hub, wires, rate, options.UserIdHeader, engine));
        endpoints.MapWebSocket(OneWayWebSocketPath, new OneWayEndpoint(hub, wires, rate, options.UserIdHeader, engine));
        var lifetime = endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        new StreamEndpoints(hub, WebSocketHost.Of(endpoints.ServiceProvider), options, rate, new CrossOrigin(engine), lifetime).Map(endpoints);
    }

    // The hub pings in its dialect, so the connection's own pings would say the same twice.
    private static WebSocketConnectionOptions Engine(TransportOptions options) => WebSocketConnectionOptions.Default with
    {
        MaxMessageBytes = options.MaxMessageBytes,
        AllowedOrigins = [.. options.AllowedOrigins],
        Subprotocols = [SocketWires.ProtobufSubprotocol, SocketWires.JsonSubprotocol],
        PingInterval = Timeout.InfiniteTimeSpan,
    };
}

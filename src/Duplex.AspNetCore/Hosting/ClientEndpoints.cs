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
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var hub = endpoints.ServiceProvider.GetRequiredService<Hub>();
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<TransportOptions>>().Value;
        var wires = new SocketWires();
        var rate = new ConnectionRate(options.ConnectionRateLimit, endpoints.ServiceProvider.GetRequiredService<TimeProvider>());
        if (options.WebSocket.IsEnabled)
        {
            endpoints.MapWebSocket(
                options.WebSocket.Path, new HubEndpoint(hub, wires, rate, options, Engine(options, options.WebSocket)));
        }

        if (options.OneWayWebSocket.IsEnabled)
        {
            endpoints.MapWebSocket(
                options.OneWayWebSocket.Path, new OneWayEndpoint(hub, wires, rate, options, Engine(options, options.OneWayWebSocket)));
        }

        var lifetime = endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        var crossOrigin = new CrossOrigin(Engine(options, options.HttpStream));
        new StreamEndpoints(hub, WebSocketHost.Of(endpoints.ServiceProvider), options, rate, crossOrigin, lifetime).Map(endpoints);
    }

    // The hub pings in its dialect, so the connection's own pings would say the same twice. It also bounds what waits for a
    // client (HubOptions.MaxQueuedBytes) and sends while the connection is writable: a limit beneath it would judge the same
    // bytes by another measure, and cut off the last ones before a close.
    private static WebSocketConnectionOptions Engine(TransportOptions options, ClientEndpointOptions endpoint) => WebSocketConnectionOptions.Default with
    {
        MaxMessageBytes = options.MaxBytesOf(endpoint),
        AllowedOrigins = [.. options.AllowedOrigins],
        Compression = options.CompressionOf(endpoint),
        Subprotocols = [SocketWires.ProtobufSubprotocol, SocketWires.JsonSubprotocol],
        PingInterval = Timeout.InfiniteTimeSpan,
        SendLimitBytes = int.MaxValue,
    };
}

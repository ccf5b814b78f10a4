using Duplex.AspNetCore.Sockets;
using Duplex.AspNetCore.Streams;
using Duplex.AspNetCore.Tokens;
using Duplex.Messaging;
using Duplex.Messaging.Tokens;
using Duplex.WebSockets.AspNetCore;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Maps the client endpoints.</summary>
internal static class ClientEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var hub = endpoints.ServiceProvider.GetRequiredService<Hub>();
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<TransportOptions>>().Value;
        var user = endpoints.ServiceProvider.GetService<HttpContextUser>();
        if (user is not null) Check(options);
        var time = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var wires = new SocketWires();
        var rate = new ConnectionRate(options.ConnectionRateLimit, time);
        var log = new RequestRefusalLog(endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Duplex.AspNetCore.Clients"), time);
        var isInsecure = hub.Options.IsInsecure || endpoints.ServiceProvider.GetService<ITokenVerifier>() is TokenVerifier { IsInsecure: true };
        var hosts = isInsecure ? PageHosts.Of(endpoints.ServiceProvider) : null;
        var pages = hosts is not null && OwnPages.AreIn(options.AllowedOrigins) ? new OwnPages(hosts) : null;
        if (options.WebSocket.IsEnabled)
        {
            endpoints.MapWebSocket(
                options.WebSocket.Path, new HubEndpoint(hub, wires, rate, pages, options, user, Engine(hub, options, options.WebSocket)));
        }

        if (options.OneWayWebSocket.IsEnabled)
        {
            endpoints.MapWebSocket(
                options.OneWayWebSocket.Path, new OneWayEndpoint(hub, wires, rate, pages, options, user, Engine(hub, options, options.OneWayWebSocket)));
        }

        var lifetime = endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        var streams = Engine(hub, options, options.HttpStream);
        // The options of the WebSocket endpoints are validated when these are mapped.
        streams.Validate();
        var crossOrigin = new CrossOrigin(streams, hosts, log);
        new StreamEndpoints(hub, WebSocketHost.Of(endpoints.ServiceProvider), options, user, rate, crossOrigin, log, lifetime, time).Map(endpoints);
    }

    private static void Check(TransportOptions options)
    {
        if (options.UserIdHeader is not null)
        {
            throw new InvalidOperationException(
                $"AddHttpContextUser and TransportOptions.UserIdHeader ({options.UserIdHeader}) both set the user of a client: remove one of them.");
        }

        if (options.AllowedOrigins.Contains("*"))
        {
            throw new InvalidOperationException(
                "TransportOptions.AllowedOrigins contains *, which with AddHttpContextUser allows every page to act with its visitors' cookies: list the origins of your pages.");
        }
    }

    // The hub pings in its dialect, so the connection's own pings would be redundant. It also limits the bytes queued for a
    // client (HubOptions.MaxQueuedBytes) and sends while the connection is writable: a second limit on the connection would
    // count the same bytes differently, and could drop the last frames before a close.
    private static WebSocketConnectionOptions Engine(Hub hub, TransportOptions options, ClientEndpointOptions endpoint) => WebSocketConnectionOptions.Default with
    {
        MaxMessageBytes = options.MaxBytesOf(endpoint),
        AllowedOrigins = [.. options.AllowedOrigins],
        Compression = options.CompressionOf(endpoint),
        Subprotocols = [SocketWires.ProtobufSubprotocol, SocketWires.JsonSubprotocol],
        PingInterval = null,
        MaxQueuedBytes = null,
        MaxDeliveryDelay = options.MaxDeliveryDelayOf(hub.Options),
        MessageTimeout = options.MessageTimeout,
        CloseTimeout = options.CloseTimeout,
    };
}

using Duplex.AspNetCore.Sockets;
using Duplex.Messaging;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Hosting;

/// <summary>The endpoints clients connect to.</summary>
internal static class ClientEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var hub = endpoints.ServiceProvider.GetRequiredService<Hub>();
        _ = new HubEndpoint(hub, WebSocketOptions.Default);
    }
}

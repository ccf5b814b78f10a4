using Duplex.AspNetCore.Sharding;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;

namespace Duplex.AspNetCore.Sockets;

/// <summary>The endpoint for WebSocket clients that only listen: their first message is the connect request.</summary>
internal sealed class OneWayEndpoint(Hub hub, SocketWires wires, WebSocketConnectionOptions options) : WebSocketEndpoint
{
    public override WebSocketConnectionOptions Options => options;

    public override IWebSocketHandler? Accept(in UpgradeContext context)
    {
        var features = new ClientFeatures
        {
            IsUnidirectional = true,
            Session = Guid.NewGuid().ToString(),
            RemoteEndPoint = context.RemoteEndPoint,
        };
        return new WebSocketClient(hub, wires.BareJson, OwnerShard.Of(context.Owner), features);
    }
}

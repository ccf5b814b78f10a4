using Duplex.AspNetCore.Sharding;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Session;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.AspNetCore.Sockets;

/// <summary>The endpoint at which clients of the hub open WebSockets.</summary>
internal sealed class HubEndpoint(Hub hub, WebSocketOptions options) : WebSocketEndpoint
{
    private readonly DialectWire _json = new(new JsonCodec(PushEnvelope.Reply), new WebSocketFraming(MessageType.Text));

    public override WebSocketOptions Options => options;

    public override IWebSocketHandler? Accept(in UpgradeContext context) =>
        new WebSocketClient(
            hub,
            _json,
            OwnerShard.Of(context.Owner),
            ClientFeatures.Default with { RemoteEndPoint = context.RemoteEndPoint });
}

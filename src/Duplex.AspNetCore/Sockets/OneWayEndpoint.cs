using System.Text;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using SessionOptions = Duplex.Centrifuge.Session.SessionOptions;

namespace Duplex.AspNetCore.Sockets;

/// <summary>Represents the WebSocket endpoint of one-way clients, whose connect request is in the query or is their first message.</summary>
internal sealed class OneWayEndpoint(Hub hub, SocketWires wires, ConnectionRate rate, OwnPages? pages, TransportOptions transports, HttpContextUser? user, WebSocketConnectionOptions options) : WebSocketEndpoint
{
    private const string ConnectParameter = "cf_connect";

    // A one-way client does not answer the dialect's pings; its WebSocket answers those of the protocol, which detect a lost peer.
    public override WebSocketConnectionOptions Options { get; } = SocketPings.AddTo(options, hub.Options);

    public override UpgradeRefusal RefusalOf(in UpgradeContext context) => pages?.Allow(context) == false ? OwnPages.Refusal : ConnectionRate.Refusal;

    public override IWebSocketHandler? Accept(in UpgradeContext context)
    {
        if (pages?.Allow(context) == false || !rate.TryTake()) return null;
        var features = new ClientFeatures
        {
            IsUnidirectional = true,
            Session = Guid.NewGuid().ToString(),
            RemoteEndPoint = context.RemoteEndPoint,
        };
        var session = new SessionOptions { OneWayDisconnects = transports.OneWayDisconnects.AsReadOnly() };
        var client = new SocketClient(hub, wires.BareJson, transports.Describe(features, context, user), session);
        return Query.Find(context.Query, ConnectParameter) is { Length: > 0 } connect
            ? new QueriedClient(client, Encoding.UTF8.GetBytes(connect))
            : client;
    }
}

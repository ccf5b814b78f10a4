using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using SessionOptions = Duplex.Centrifuge.Session.SessionOptions;

namespace Duplex.AspNetCore.Sockets;

/// <summary>Represents the WebSocket endpoint of clients, in JSON or Protobuf.</summary>
internal sealed class HubEndpoint(Hub hub, SocketWires wires, ConnectionRate rate, OwnPages? pages, TransportOptions transports, HttpContextUser? user, WebSocketConnectionOptions options) : WebSocketEndpoint
{
    private const string Protocol = "cf_protocol";
    private const string OlderProtocol = "format";
    private const string Protobuf = "protobuf";
    private const string NativePings = "cf_ws_frame_ping_pong";

    private readonly WebSocketConnectionOptions _pingingOptions = SocketPings.AddTo(options, hub.Options);

    public override WebSocketConnectionOptions Options => options;

    public override UpgradeRefusal RefusalOf(in UpgradeContext context) => pages?.Allow(context) == false ? OwnPages.Refusal : ConnectionRate.Refusal;

    public override IWebSocketHandler? Accept(in UpgradeContext context)
    {
        if (pages?.Allow(context) == false || !rate.TryTake()) return null;
        var query = context.Query;
        var wire = context.Subprotocol == SocketWires.ProtobufSubprotocol || Selects(query, Protocol, Protobuf) || Selects(query, OlderProtocol, Protobuf)
            ? wires.Protobuf
            : wires.Json;
        var features = new ClientFeatures
        {
            Pings = !Selects(query, NativePings, "true"),
            RemoteEndPoint = context.RemoteEndPoint,
        };
        return new SocketClient(hub, wire, transports.Describe(features, context, user), SessionOptions.Default);
    }

    public override WebSocketConnectionOptions OptionsOf(in UpgradeContext context) =>
        Selects(context.Query, NativePings, "true") ? _pingingOptions : options;

    private static bool Selects(string query, string name, string value) => string.Equals(Query.Find(query, name), value, StringComparison.OrdinalIgnoreCase);
}

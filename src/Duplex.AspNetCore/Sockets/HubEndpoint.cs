using Duplex.AspNetCore.Sharding;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace Duplex.AspNetCore.Sockets;

/// <summary>The endpoint at which clients of the hub open WebSockets, in JSON or Protobuf.</summary>
internal sealed class HubEndpoint(Hub hub, SocketWires wires, WebSocketConnectionOptions options) : WebSocketEndpoint
{
    private const string Protocol = "cf_protocol";
    private const string OlderProtocol = "format";
    private const string Protobuf = "protobuf";

    public override WebSocketConnectionOptions Options => options;

    public override IWebSocketHandler? Accept(in UpgradeContext context)
    {
        var wire = context.Subprotocol == SocketWires.ProtobufSubprotocol || Asks(context.Query, Protocol, Protobuf) || Asks(context.Query, OlderProtocol, Protobuf)
            ? wires.Protobuf
            : wires.Json;
        var features = new ClientFeatures { RemoteEndPoint = context.RemoteEndPoint };
        return new WebSocketClient(hub, wire, OwnerShard.Of(context.Owner), features);
    }

    private static bool Asks(string query, string name, string value)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.SequenceEqual(name) && pair.DecodeValue().Span.SequenceEqual(value)) return true;
        }

        return false;
    }
}

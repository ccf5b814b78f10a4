using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Protobuf;
using Duplex.Centrifuge.Session;
using Duplex.WebSockets.Messages;

namespace Duplex.AspNetCore.Sockets;

/// <summary>The wires of WebSocket clients, which all endpoints share so that a publication is encoded once.</summary>
internal sealed class SocketWires
{
    /// <summary>The subprotocol that selects Protobuf. RFC 6455 section 1.9.</summary>
    public const string ProtobufSubprotocol = "centrifuge-protobuf";

    /// <summary>The subprotocol that selects JSON, the default.</summary>
    public const string JsonSubprotocol = "centrifuge-json";

    public DialectWire Json { get; } = new(new JsonCodec(PushEnvelope.Reply), new WebSocketFraming(MessageType.Text));

    public DialectWire Protobuf { get; } = new(new ProtobufCodec(PushEnvelope.Reply), new WebSocketFraming(MessageType.Binary));

    /// <summary>The wire of one-way clients, which receive pushes without an envelope, including the one that announces the end.</summary>
    public DialectWire BareJson { get; } = new(new JsonCodec(PushEnvelope.Bare), new WebSocketFraming(MessageType.Text), announcesDisconnect: true);
}

using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Protobuf;
using Duplex.Centrifuge.Session;
using Duplex.WebSockets.Messages;

namespace Duplex.AspNetCore.Sockets;

/// <summary>The wires of WebSocket clients: all endpoints share them, so that a publication is encoded once for all.</summary>
internal sealed class SocketWires
{
    /// <summary>Chooses Protobuf. RFC 6455 section 1.9.</summary>
    public const string ProtobufSubprotocol = "centrifuge-protobuf";

    /// <summary>Chooses JSON, which is also what a client gets that asks for nothing.</summary>
    public const string JsonSubprotocol = "centrifuge-json";

    public DialectWire Json { get; } = new(new JsonCodec(PushEnvelope.Reply), new WebSocketFraming(MessageType.Text));

    public DialectWire Protobuf { get; } = new(new ProtobufCodec(PushEnvelope.Reply), new WebSocketFraming(MessageType.Binary));

    /// <summary>One-way clients get bare pushes, the one that announces the end among them.</summary>
    public DialectWire BareJson { get; } = new(new JsonCodec(PushEnvelope.Bare), new WebSocketFraming(MessageType.Text), announcesDisconnect: true);
}

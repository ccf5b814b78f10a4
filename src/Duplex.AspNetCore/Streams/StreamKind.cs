using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Protobuf;
using Duplex.Centrifuge.Session;

namespace Duplex.AspNetCore.Streams;

/// <summary>Represents a transport over the body of a response: its encoding, framing and direction. Clients of one kind share one instance.</summary>
internal sealed class StreamKind
{
    public static StreamKind JsonLines { get; } = new("http_stream", new JsonCodec(PushEnvelope.Reply), new LineFraming());

    public static StreamKind Protobuf { get; } = new("http_stream", new ProtobufCodec(PushEnvelope.Reply), new PlainFraming());

    public static StreamKind Events { get; } = new("sse", new JsonCodec(PushEnvelope.Reply), new EventFraming(), isEventStream: true);

    public static StreamKind OneWayLines { get; } = new("uni_http_stream", new JsonCodec(PushEnvelope.Bare), new LineFraming(), isOneWay: true);

    public static StreamKind OneWayEvents { get; } =
        new("uni_sse", new JsonCodec(PushEnvelope.Bare), new EventFraming(), isEventStream: true, isOneWay: true);

    private StreamKind(string name, IProtocolCodec codec, Messaging.Outbound.Framing framing, bool isEventStream = false, bool isOneWay = false)
    {
        Name = name;
        IsEventStream = isEventStream;
        IsOneWay = isOneWay;
        Wire = new DialectWire(codec, framing, announcesDisconnect: true);
    }

    public string Name { get; }

    public DialectWire Wire { get; }

    public bool IsEventStream { get; }

    public bool IsOneWay { get; }
}

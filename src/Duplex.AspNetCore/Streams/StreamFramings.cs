using Duplex.Execution;
using Duplex.Messaging.Outbound;

namespace Duplex.AspNetCore.Streams;

/// <summary>Frames each JSON message as one line.</summary>
internal sealed class LineFraming : Framing
{
    public override SharedFrame Frame(ReadOnlySpan<byte> message) => ByteFrame.Create(default, message, "\n"u8);
}

/// <summary>Leaves Protobuf messages unframed, because each has its length.</summary>
internal sealed class PlainFraming : Framing
{
    public override SharedFrame Frame(ReadOnlySpan<byte> message) => ByteFrame.Create(default, message, default);
}

/// <summary>Frames each message as one server-sent event without a name or an id.</summary>
internal sealed class EventFraming : Framing
{
    /// <summary>The bytes before each message.</summary>
    public static ReadOnlySpan<byte> Prefix => "data: "u8;

    public override SharedFrame Frame(ReadOnlySpan<byte> message) => ByteFrame.Create(Prefix, message, "\n\n"u8);
}

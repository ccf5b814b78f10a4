using Duplex.Execution;
using Duplex.Messaging.Outbound;

namespace Duplex.AspNetCore.Streams;

/// <summary>One JSON message per line.</summary>
internal sealed class LineFraming : Framing
{
    public override SharedFrame Frame(ReadOnlySpan<byte> message) => ByteFrame.Create(default, message, "\n"u8);
}

/// <summary>Protobuf messages, which carry their lengths themselves.</summary>
internal sealed class PlainFraming : Framing
{
    public override SharedFrame Frame(ReadOnlySpan<byte> message) => ByteFrame.Create(default, message, default);
}

/// <summary>One server-sent event per message, without names or ids.</summary>
internal sealed class EventFraming : Framing
{
    /// <summary>What stands before a message.</summary>
    public static ReadOnlySpan<byte> Prefix => "data: "u8;

    public override SharedFrame Frame(ReadOnlySpan<byte> message) => ByteFrame.Create(Prefix, message, "\n\n"u8);
}

using Duplex.Protocol.Framing;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Sending;

/// <summary>
/// Makes the data frames that one connection sends: of whole messages and of parts, compressed where that was agreed
/// on. A mutable struct, because every connection has one: never copy it.
/// </summary>
internal struct OutgoingFrames(MessageDeflater? deflater)
{
    private PartsInProgress? _parts;

    /// <summary>The frame of a message that is shared with other connections.</summary>
    public readonly PreparedMessage Shared(PreparedMessage message) => deflater is null ? message : message.CompressedFor(deflater);

    public readonly OutgoingFrame Whole(ReadOnlySpan<byte> payload, MessageType type) =>
        deflater is null || !deflater.TryCompress(payload, out var compressed)
            ? new OutgoingFrame((Opcode)type, payload, isFinal: true)
            : new OutgoingFrame((Opcode)type, compressed, isFinal: true, isFirst: true);

    /// <summary>Judges the next part of the message that is under way, or of a new one.</summary>
    /// <exception cref="ArgumentException">It does not belong to the message, which stays as it was.</exception>
    public readonly PartsInProgress Check(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        var parts = _parts ?? new PartsInProgress(type);
        parts.Check(payload, type, isLast);
        return parts;
    }

    /// <summary>The frame of a part that was judged.</summary>
    public OutgoingFrame Part(PartsInProgress parts, ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        _parts = isLast ? null : parts;
        if (isLast && parts.IsFirst) return Whole(payload, type);
        var isFirst = parts.IsFirst;
        var opcode = parts.NextOpcode();
        return deflater is null
            ? new OutgoingFrame(opcode, payload, isLast)
            : new OutgoingFrame(opcode, deflater.CompressPart(payload, isLast), isLast, isFirst);
    }

    /// <summary>RFC 6455 section 5.4: fragments of two messages must not mix.</summary>
    public readonly void ThrowIfInParts()
    {
        if (_parts is not null) throw new InvalidOperationException("A message is being sent in parts: its last part comes first.");
    }

    /// <summary>Gives the compressor's memory back.</summary>
    public readonly void Dispose() => deflater?.Dispose();
}

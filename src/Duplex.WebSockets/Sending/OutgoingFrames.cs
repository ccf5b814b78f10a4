using Duplex.Protocol.Framing;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Sending;

/// <summary>
/// Creates the data frames that one connection sends: of whole messages and of parts, compressed when compression was
/// negotiated. A mutable struct, because every connection has one: never copy it.
/// </summary>
internal struct OutgoingFrames(MessageDeflater? deflater)
{
    private PartsInProgress? _parts;

    /// <summary>Returns the frame of a message that is shared with other connections.</summary>
    public readonly PreparedMessage Shared(PreparedMessage message) => deflater is null ? message : message.CompressedFor(deflater);

    public readonly OutgoingFrame Whole(ReadOnlySpan<byte> payload, MessageType type) =>
        deflater is null || !deflater.TryCompress(payload, out var compressed)
            ? new OutgoingFrame((Opcode)type, payload, isFinal: true)
            : new OutgoingFrame((Opcode)type, compressed, isFinal: true, isFirst: true);

    /// <summary>Validates the next part of the current message, or the first of a new one.</summary>
    /// <exception cref="ArgumentException">The part does not belong to the message, which does not change.</exception>
    public readonly PartsInProgress Check(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        var parts = _parts ?? new PartsInProgress(type);
        parts.Check(payload, type, isLast);
        return parts;
    }

    /// <summary>Returns the frame of a validated part.</summary>
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

    /// <summary>Throws while a message is sent in parts, because fragments of two messages must not mix. RFC 6455 section 5.4.</summary>
    public readonly void ThrowIfInParts()
    {
        if (_parts is not null) throw new InvalidOperationException("A message is being sent in parts: send its last part first.");
    }

    /// <summary>Releases the compressor's memory.</summary>
    public readonly void Dispose() => deflater?.Dispose();
}

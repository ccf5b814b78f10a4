using Duplex.Protocol.Framing;
using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Sending;

/// <summary>
/// Represents a data frame to write. Dispose it once it has been written, because a compressed payload is in pooled memory.
/// </summary>
internal readonly ref struct OutgoingFrame
{
    private readonly CompressedPayload _compressed;

    public OutgoingFrame(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal)
    {
        Opcode = opcode;
        Payload = payload;
        IsFinal = isFinal;
    }

    /// <param name="opcode">The opcode.</param>
    /// <param name="compressed">The payload, which the frame owns.</param>
    /// <param name="isFinal">Whether the frame ends its message.</param>
    /// <param name="isFirst">
    /// Whether the frame begins its message: RSV1 of the first frame marks the whole message as compressed (RFC 7692 section
    /// 6.1).
    /// </param>
    public OutgoingFrame(Opcode opcode, CompressedPayload compressed, bool isFinal, bool isFirst)
        : this(opcode, compressed.Span, isFinal)
    {
        _compressed = compressed;
        IsCompressed = isFirst;
    }

    public Opcode Opcode { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public bool IsFinal { get; }

    public bool IsCompressed { get; }

    public void Dispose() => _compressed.Dispose();
}

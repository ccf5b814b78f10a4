using Duplex.Protocol.Framing;
using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Sending;

/// <summary>A data frame to write. Disposed when it has been, because a compressed payload lies in memory of the pool.</summary>
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
    /// <param name="compressed">The payload, owned by the frame from here on.</param>
    /// <param name="isFinal">Whether the message ends with it.</param>
    /// <param name="isFirst">RFC 7692 section 6.1: the first frame's RSV1 speaks for the message.</param>
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

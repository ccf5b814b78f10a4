using System.Buffers.Binary;
using Duplex.Protocol.Masking;

namespace Duplex.Protocol.Framing;

/// <summary>Reads the bits of a frame header; <see cref="FrameWriter"/> draws them. Judges nothing.</summary>
internal static class FrameHeader
{
    public const int FinBit = 0x80, Rsv1Bit = 0x40, ReservedBits = 0x30, OpcodeBits = 0x0F;
    public const int MaskBit = 0x80, LengthBits = 0x7F;

    /// <summary>How many bytes the header has, told from as many of its bytes as are here.</summary>
    public static int Length(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2) return 2;
        var masked = (start[1] & MaskBit) != 0 ? 4 : 0;
        return (start[1] & LengthBits) switch { 127 => 10, 126 => 4, _ => 2 } + masked;
    }

    /// <summary>The payload length of a complete header. RFC 6455 section 5.2.</summary>
    public static ulong PayloadLength(ReadOnlySpan<byte> header) => (header[1] & LengthBits) switch
    {
        127 => BinaryPrimitives.ReadUInt64BigEndian(header[2..]),
        126 => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
        var length => (ulong)length,
    };

    /// <summary>The masking key at the end of a complete header, 0 when it has none.</summary>
    public static uint MaskingKey(ReadOnlySpan<byte> header) => (header[1] & MaskBit) != 0 ? Mask.ReadKey(header[^4..]) : 0;
}

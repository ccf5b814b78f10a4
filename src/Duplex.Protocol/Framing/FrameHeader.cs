using System.Buffers.Binary;
using Duplex.Protocol.Masking;

namespace Duplex.Protocol.Framing;

/// <summary>
/// Reads and writes frame headers without validation. RFC 6455 section 5.2; bit 0 is the most significant one:
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-------+-+-------------+-------------------------------+
/// |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
/// |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
/// |N|V|V|V|       |S|             |   (if payload len==126/127)   |
/// | |1|2|3|       |K|             |                               |
/// +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
/// |     Extended payload length continued, if payload len == 127  |
/// + - - - - - - - - - - - - - - - +-------------------------------+
/// |                               |Masking-key, if MASK set to 1  |
/// +-------------------------------+-------------------------------+
/// | Masking-key (continued)       |          Payload Data         |
/// +-------------------------------- - - - - - - - - - - - - - - - +
/// </code>
/// </summary>
internal static class FrameHeader
{
    public const int FinBit = 0x80, Rsv1Bit = 0x40, ReservedBits = 0x30, OpcodeBits = 0x0F;
    public const int MaskBit = 0x80, LengthBits = 0x7F;

    /// <summary>The longest payload length that the second byte itself holds.</summary>
    public const int MaxShortLength = 125;

    /// <summary>The values of the second byte that announce a length of 16 or of 64 bits.</summary>
    public const int Length16 = 126, Length64 = 127;

    /// <summary>Returns the length of the header as far as the received bytes determine it.</summary>
    public static int Length(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2) return 2;
        var masked = (start[1] & MaskBit) != 0 ? 4 : 0;
        return (start[1] & LengthBits) switch { Length64 => 10, Length16 => 4, _ => 2 } + masked;
    }

    /// <summary>Returns the payload length of a complete header. RFC 6455 section 5.2.</summary>
    public static ulong PayloadLength(ReadOnlySpan<byte> header) => (header[1] & LengthBits) switch
    {
        Length64 => BinaryPrimitives.ReadUInt64BigEndian(header[2..]),
        Length16 => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
        var length => (ulong)length,
    };

    /// <summary>Returns the masking key at the end of a complete header, or 0 when it has none.</summary>
    public static uint MaskingKey(ReadOnlySpan<byte> header) => (header[1] & MaskBit) != 0 ? Mask.ReadKey(header[^4..]) : 0;

    /// <summary>Writes a header without the masking key.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int Write(Span<byte> destination, Opcode opcode, long payloadLength, bool isFinal, bool isCompressed, bool isMasked)
    {
        var mask = isMasked ? MaskBit : 0;
        destination[0] = (byte)((isFinal ? FinBit : 0) | (isCompressed ? Rsv1Bit : 0) | (int)opcode);
        switch (payloadLength)
        {
            case <= MaxShortLength:
                destination[1] = (byte)(mask | (int)payloadLength);
                return 2;
            case <= ushort.MaxValue:
                destination[1] = (byte)(mask | Length16);
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadLength);
                return 4;
            default:
                destination[1] = (byte)(mask | Length64);
                BinaryPrimitives.WriteUInt64BigEndian(destination[2..], (ulong)payloadLength);
                return 10;
        }
    }
}

using System.Buffers.Binary;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Masking;

namespace Duplex.Protocol.Framing;

/// <summary>
/// Writes frames. RFC 6455 section 5.2:
/// <code>
///  0               1               2               3
///  7 6 5 4 3 2 1 0 7 6 5 4 3 2 1 0
/// +-+-+-+-+-------+-+-------------+-------------------------------+
/// |F|R|R|R| opcode|M| length 7    | length 16 (if 126) or 64 (127)|
/// |I|S|S|S|  (4)  |A|             |                               |
/// |N|V|V|V|       |S|             +-------------------------------+
/// | |1|2|3|       |K|             | masking key (32, if MASK)     |
/// +-+-+-+-+-------+-+-------------+-------------------------------+
/// </code>
/// Server frames are unmasked; client frames carry a key that the caller takes from a strong random source for
/// each frame (section 10.3).
/// </summary>
public static class FrameWriter
{
    /// <summary>The longest header: 2 bytes, a 64-bit length and a masking key.</summary>
    public const int MaxHeaderBytes = 14;

    /// <summary>Limit: bytes of payload in a control frame; more close 1002. RFC 6455 section 5.5.</summary>
    public const int MaxControlPayloadBytes = 125;

    private const byte Fin = 0x80, Rsv1 = 0x40, MaskBit = 0x80;

    /// <summary>The length of the header in front of a payload.</summary>
    public static int HeaderLength(long payloadLength, bool isMasked = false) =>
        (payloadLength < 126 ? 2 : payloadLength <= ushort.MaxValue ? 4 : 10) + (isMasked ? 4 : 0);

    /// <summary>Writes the header of an unmasked frame.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteHeader(
        Span<byte> destination, Opcode opcode, long payloadLength, bool isFinal = true, bool isCompressed = false) =>
        WriteHeader(destination, opcode, payloadLength, isFinal, isCompressed, 0);

    /// <summary>Writes the header of a masked frame.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteMaskedHeader(
        Span<byte> destination, Opcode opcode, long payloadLength, uint maskingKey, bool isFinal = true, bool isCompressed = false)
    {
        var length = WriteHeader(destination, opcode, payloadLength, isFinal, isCompressed, MaskBit);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[length..], maskingKey);
        return length + 4;
    }

    /// <summary>Writes a whole frame as a server sends it.</summary>
    /// <returns>Bytes written: <see cref="HeaderLength"/> and the payload.</returns>
    public static int WriteFrame(
        Span<byte> destination, Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isCompressed = false)
    {
        var length = WriteHeader(destination, opcode, payload.Length, isFinal, isCompressed, 0);
        payload.CopyTo(destination[length..]);
        return length + payload.Length;
    }

    /// <summary>Writes a whole frame as a client sends it; the payload is masked while it is copied, the source stays as it is.</summary>
    /// <returns>Bytes written: <see cref="HeaderLength"/> and the payload.</returns>
    public static int WriteMaskedFrame(
        Span<byte> destination, Opcode opcode, ReadOnlySpan<byte> payload, uint maskingKey, bool isFinal = true, bool isCompressed = false)
    {
        var length = WriteMaskedHeader(destination, opcode, payload.Length, maskingKey, isFinal, isCompressed);
        var masked = destination.Slice(length, payload.Length);
        payload.CopyTo(masked);
        Mask.Apply(masked, maskingKey);
        return length + payload.Length;
    }

    /// <summary>Writes a server's close frame. RFC 6455 section 5.5.1.</summary>
    /// <param name="destination">At least 127 bytes, or enough for the reason given.</param>
    /// <param name="code">A code that may be sent; <see cref="CloseCode.NoStatusReceived"/> writes a frame without a code.</param>
    /// <param name="reason">Cut at a character boundary when longer than 123 bytes of UTF-8.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent.</exception>
    public static int WriteClose(Span<byte> destination, CloseCode code, ReadOnlySpan<char> reason = default)
    {
        var length = ClosePayload.Write(destination[2..], code, reason);
        return WriteHeader(destination, Opcode.Close, length) + length;
    }

    /// <summary>Writes a client's close frame: <see cref="WriteClose"/>, masked.</summary>
    /// <param name="destination">At least 131 bytes, or enough for the reason given.</param>
    /// <param name="code">As for a server.</param>
    /// <param name="reason">As for a server.</param>
    /// <param name="maskingKey">The masking key.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent.</exception>
    public static int WriteMaskedClose(Span<byte> destination, CloseCode code, ReadOnlySpan<char> reason, uint maskingKey)
    {
        var length = ClosePayload.Write(destination[6..], code, reason);
        Mask.Apply(destination.Slice(6, length), maskingKey);
        return WriteMaskedHeader(destination, Opcode.Close, length, maskingKey) + length;
    }

    private static int WriteHeader(
        Span<byte> destination, Opcode opcode, long payloadLength, bool isFinal, bool isCompressed, byte maskBit)
    {
        destination[0] = (byte)((isFinal ? Fin : 0) | (isCompressed ? Rsv1 : 0) | (byte)opcode);
        if (payloadLength < 126)
        {
            destination[1] = (byte)(maskBit | (byte)payloadLength);
            return 2;
        }

        if (payloadLength <= ushort.MaxValue)
        {
            destination[1] = (byte)(maskBit | 126);
            BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadLength);
            return 4;
        }

        destination[1] = (byte)(maskBit | 127);
        BinaryPrimitives.WriteUInt64BigEndian(destination[2..], (ulong)payloadLength);
        return 10;
    }
}

using System.Buffers.Binary;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Masking;

namespace Duplex.Protocol.Framing;

/// <summary>
/// Writes frames, whose layout <see cref="FrameHeader"/> draws (RFC 6455 section 5.2). Server frames are unmasked; each
/// client frame carries a masking key that the caller takes from a strong source of randomness (section 10.3).
/// </summary>
public static class FrameWriter
{
    /// <summary>The length in bytes of the longest header: 2 bytes, a 64-bit length and a masking key.</summary>
    public const int MaxHeaderBytes = 14;

    /// <summary>Limit: bytes of payload in a control frame; more close the connection with 1002. RFC 6455 section 5.5.</summary>
    public const int MaxControlPayloadBytes = 125;

    /// <summary>Returns the length of the header of a payload, in bytes.</summary>
    public static int HeaderLength(long payloadLength, bool isMasked = false) =>
        (payloadLength <= FrameHeader.MaxShortLength ? 2 : payloadLength <= ushort.MaxValue ? 4 : 10) + (isMasked ? 4 : 0);

    /// <summary>Writes the header of an unmasked frame.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int WriteHeader(
        Span<byte> destination, Opcode opcode, long payloadLength, bool isFinal = true, bool isCompressed = false) =>
        FrameHeader.Write(destination, opcode, payloadLength, isFinal, isCompressed, isMasked: false);

    /// <summary>Writes the header of a masked frame.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int WriteMaskedHeader(
        Span<byte> destination, Opcode opcode, long payloadLength, uint maskingKey, bool isFinal = true, bool isCompressed = false)
    {
        var length = FrameHeader.Write(destination, opcode, payloadLength, isFinal, isCompressed, isMasked: true);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[length..], maskingKey);
        return length + 4;
    }

    /// <summary>Writes a whole unmasked frame, as a server sends it. RFC 6455 section 5.1.</summary>
    /// <returns>The number of bytes written: <see cref="HeaderLength"/> and the payload.</returns>
    public static int WriteFrame(
        Span<byte> destination, Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isCompressed = false)
    {
        var length = FrameHeader.Write(destination, opcode, payload.Length, isFinal, isCompressed, isMasked: false);
        payload.CopyTo(destination[length..]);
        return length + payload.Length;
    }

    /// <summary>
    /// Writes a whole masked frame, as a client sends it; the payload is masked while it is copied, and the source does not
    /// change.
    /// </summary>
    /// <returns>The number of bytes written: <see cref="HeaderLength"/> and the payload.</returns>
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
    /// <param name="destination">The destination: at least 127 bytes, or enough for the reason given.</param>
    /// <param name="code">A code that may be sent; <see cref="CloseCode.NoStatusReceived"/> writes a frame without a code.</param>
    /// <param name="reason">The reason; text of more than 123 bytes of UTF-8 is cut at a character boundary.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent.</exception>
    public static int WriteClose(Span<byte> destination, CloseCode code, ReadOnlySpan<char> reason = default)
    {
        var length = ClosePayload.Write(destination[2..], code, reason);
        return WriteHeader(destination, Opcode.Close, length) + length;
    }

    /// <summary>Writes a client's close frame: that of <see cref="WriteClose"/>, masked.</summary>
    /// <param name="destination">The destination: at least 131 bytes, or enough for the reason given.</param>
    /// <param name="code">As for <see cref="WriteClose"/>.</param>
    /// <param name="reason">As for <see cref="WriteClose"/>.</param>
    /// <param name="maskingKey">The masking key.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent.</exception>
    public static int WriteMaskedClose(Span<byte> destination, CloseCode code, ReadOnlySpan<char> reason, uint maskingKey)
    {
        var length = ClosePayload.Write(destination[6..], code, reason);
        Mask.Apply(destination.Slice(6, length), maskingKey);
        return WriteMaskedHeader(destination, Opcode.Close, length, maskingKey) + length;
    }
}

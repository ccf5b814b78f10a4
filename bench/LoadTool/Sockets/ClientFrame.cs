using System.Buffers.Binary;

namespace LoadTool.Sockets;

/// <summary>Creates masked frames before the measurement. RFC 6455 section 5.2.</summary>
internal static class ClientFrame
{
    private static ReadOnlySpan<byte> MaskingKey => [0x12, 0x34, 0x56, 0x78];

    public static byte[] Text(ReadOnlySpan<byte> payload) => Frame(0x1, payload);

    public static byte[] Binary(ReadOnlySpan<byte> payload) => Frame(0x2, payload);

    /// <summary>Creates the answer to a ping with this payload. RFC 6455 section 5.5.3.</summary>
    public static byte[] Pong(ReadOnlySpan<byte> payload) => Frame(0xA, payload);

    /// <summary>Creates a frame with the RSV1 bit of a compressed message (RFC 7692 section 6).</summary>
    public static byte[] CompressedText(ReadOnlySpan<byte> payload) => Frame(0x41, payload);

    /// <summary>Returns the size of the frame in which a server returns this payload.</summary>
    public static long ServerLength(int payloadLength) => HeaderLength(payloadLength) + payloadLength;

    public static byte[] Repeat(byte[] frame, int times)
    {
        var all = new byte[frame.Length * times];
        for (var i = 0; i < times; i++) frame.CopyTo(all, i * frame.Length);
        return all;
    }

    private static byte[] Frame(byte opcode, ReadOnlySpan<byte> payload)
    {
        var header = HeaderLength(payload.Length);
        var frame = new byte[header + 4 + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        switch (header)
        {
            case 2:
                frame[1] = (byte)(0x80 | payload.Length);
                break;
            case 4:
                frame[1] = 0x80 | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                frame[1] = 0x80 | 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
                break;
        }

        MaskingKey.CopyTo(frame.AsSpan(header));
        for (var i = 0; i < payload.Length; i++) frame[header + 4 + i] = (byte)(payload[i] ^ MaskingKey[i & 3]);
        return frame;
    }

    private static int HeaderLength(int payloadLength) => payloadLength < 126 ? 2 : payloadLength <= ushort.MaxValue ? 4 : 10;
}

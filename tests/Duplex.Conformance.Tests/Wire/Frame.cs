using System.Buffers.Binary;
using System.Text;

namespace Duplex.Conformance.Tests.Wire;

/// <summary>
/// A frame to put on the wire, legal or not: nothing is checked, because half of the cases send what no sender may.
/// The judge's own code, so that a fault of the engine cannot hide in a shared one. RFC 6455 section 5.2.
/// </summary>
public sealed record Frame(int Opcode, byte[] Payload)
{
    private static readonly byte[] MaskingKey = [0x37, 0xfa, 0x21, 0x3d];

    public bool IsFinal { get; init; } = true;

    /// <summary>RSV1, RSV2 and RSV3 as a number of three bits: 4 is RSV1.</summary>
    public int ReservedBits { get; init; }

    /// <summary>Null masks as the sender's role demands.</summary>
    public bool? IsMasked { get; init; }

    /// <summary>How many bytes the extended length takes: 0, 2 or 8. Null takes the fewest.</summary>
    public int? LengthBytes { get; init; }

    /// <summary>The length to claim when it is not the payload's.</summary>
    public ulong? ClaimedLength { get; init; }

    public static Frame Text(string text) => new(1, Encoding.UTF8.GetBytes(text));

    public static Frame Text(byte[] bytes) => new(1, bytes);

    public static Frame Binary(byte[] bytes) => new(2, bytes);

    public static Frame Continuation(byte[] bytes) => new(0, bytes);

    public static Frame Continuation(string text) => new(0, Encoding.UTF8.GetBytes(text));

    public static Frame Ping(string payload = "") => new(9, Encoding.UTF8.GetBytes(payload));

    public static Frame Ping(byte[] payload) => new(9, payload);

    public static Frame Pong(string payload = "") => new(10, Encoding.UTF8.GetBytes(payload));

    public static Frame Close(byte[] body) => new(8, body);

    public static Frame Close(int code, string reason = "") => Close([(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);

    public Frame NotFinal() => this with { IsFinal = false };

    public Frame WithReserved(int bits) => this with { ReservedBits = bits };

    /// <summary>The bytes as a peer of this role sends them.</summary>
    public byte[] Encode(bool asClient)
    {
        var length = ClaimedLength ?? (ulong)Payload.Length;
        var lengthBytes = LengthBytes ?? (length < 126 ? 0 : length <= 0xffff ? 2 : 8);
        var masked = IsMasked ?? asClient;
        var start = 2 + lengthBytes + (masked ? 4 : 0);
        var bytes = new byte[start + Payload.Length];

        bytes[0] = (byte)((IsFinal ? 0x80 : 0) | (ReservedBits << 4) | Opcode);
        bytes[1] = (byte)((masked ? 0x80 : 0) | (lengthBytes switch { 0 => (int)length, 2 => 126, _ => 127 }));
        if (lengthBytes == 2) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)length);
        if (lengthBytes == 8) BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(2), length);

        Payload.CopyTo(bytes, start);
        if (masked)
        {
            MaskingKey.CopyTo(bytes, start - 4);
            for (var i = 0; i < Payload.Length; i++) bytes[start + i] ^= MaskingKey[i & 3];
        }

        return bytes;
    }
}

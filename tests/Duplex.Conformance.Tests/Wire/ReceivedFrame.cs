using System.Buffers.Binary;
using System.Text;

namespace Duplex.Conformance.Tests.Wire;

/// <summary>A frame as it came from the implementation under test, unmasked if it was masked.</summary>
public sealed record ReceivedFrame(int Opcode, bool IsFinal, int ReservedBits, bool IsMasked, uint MaskingKey, byte[] Payload)
{
    public bool IsControl => Opcode >= 8;

    /// <summary>The close frame's code; 1005 when it has none.</summary>
    public int CloseCode => Payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(Payload);

    public string CloseReason => Payload.Length <= 2 ? "" : Encoding.UTF8.GetString(Payload, 2, Payload.Length - 2);

    public override string ToString() =>
        Opcode == 8 ? $"close {CloseCode} \"{CloseReason}\"" : $"opcode {Opcode}, FIN {IsFinal}, {Payload.Length} bytes";

    /// <summary>Reads one frame; null at the end of the stream between two frames.</summary>
    public static async Task<ReceivedFrame?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[14];
        if (await stream.ReadAtLeastAsync(head.AsMemory(0, 2), 2, throwOnEndOfStream: false, cancellationToken) is var got and < 2)
        {
            return got == 0 ? null : throw new EndOfStreamException("The stream ended inside a frame header.");
        }

        var isMasked = (head[1] & 0x80) != 0;
        ulong length = (byte)(head[1] & 0x7f);
        var lengthBytes = length switch { 126 => 2, 127 => 8, _ => 0 };
        var rest = lengthBytes + (isMasked ? 4 : 0);
        await stream.ReadExactlyAsync(head.AsMemory(2, rest), cancellationToken);
        if (lengthBytes == 2) length = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2));
        if (lengthBytes == 8) length = BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(2));

        // RFC 6455 5.2: the minimal number of bytes, and the top bit of 64 is 0.
        if (lengthBytes == 2 && length < 126) throw new ViolationException($"{length} bytes in a 16-bit length.");
        if (lengthBytes == 8 && length < 65536) throw new ViolationException($"{length} bytes in a 64-bit length.");
        if (length > 64 * 1024 * 1024) throw new ViolationException($"A frame of {length} bytes, more than any case sends.");

        var payload = new byte[length];
        await stream.ReadExactlyAsync(payload, cancellationToken);
        var key = head.AsSpan(2 + lengthBytes, 4);
        if (isMasked)
        {
            for (var i = 0; i < payload.Length; i++) payload[i] ^= key[i & 3];
        }

        return new ReceivedFrame(head[0] & 0x0f, (head[0] & 0x80) != 0, (head[0] >> 4) & 7, isMasked,
            isMasked ? BinaryPrimitives.ReadUInt32BigEndian(key) : 0, payload);
    }
}

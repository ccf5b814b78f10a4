using System.Buffers.Binary;

namespace Duplex.Fuzz.Mutation;

/// <summary>
/// Generates streams of frames: half are seeds with changed bytes, half are new and mostly valid, so that faults occur
/// deep in a message rather than in the first byte.
/// </summary>
public sealed class FrameMutator : IMutator
{
    private static readonly int[] Lengths = [0, 1, 2, 3, 5, 16, 17, 63, 124, 125, 126, 127, 128, 300, 1000, 4095, 4096, 4097];

    private static readonly byte[][] Texts =
        [[], "Hello"u8.ToArray(), "κόσμε"u8.ToArray(), [0xe2, 0x82], [0xac], [0xf0, 0x9f], [0x98, 0x80], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xff]];

    private readonly ByteMutator _bytes = new();

    public byte[] Next(Random random, IReadOnlyList<byte[]> seeds)
    {
        if (random.Next(2) == 0) return _bytes.Next(random, seeds);
        var stream = new MemoryStream();
        var masked = random.Next(2) == 0;
        var isOpen = false;
        for (var frames = 1 + random.Next(8); frames > 0; frames--) WriteFrame(random, stream, masked, ref isOpen);
        return stream.ToArray();
    }

    private static void WriteFrame(Random random, MemoryStream stream, bool masked, ref bool isOpen)
    {
        var isControl = random.Next(4) == 0;
        var opcode = isControl ? 8 + Math.Max(0, random.Next(6) - 3) : isOpen ? 0 : 1 + random.Next(2);
        var isFinal = isControl || random.Next(3) > 0;
        if (!isControl) isOpen = !isFinal;

        var payload = Payload(random, opcode);
        var lengthBytes = payload.Length < 126 ? 0 : 2;
        var claimed = (ulong)payload.Length;
        var bits = 0;

        // One frame in ten violates a rule.
        switch (random.Next(80))
        {
            case 0: opcode = random.Next(16); break;
            case 1: bits = random.Next(8); break;
            case 2: isFinal = !isFinal; break;
            case 3: masked = !masked; break;
            case 4: lengthBytes = 2; break;
            case 5: lengthBytes = 8; break;
            case 6: (lengthBytes, claimed) = (8, 1UL << random.Next(64)); break;
            case 7: claimed = (ulong)Math.Max(0, payload.Length + random.Next(5) - 2); break;
        }

        Span<byte> head = stackalloc byte[14];
        head[0] = (byte)((isFinal ? 0x80 : 0) | (bits << 4) | opcode);
        head[1] = (byte)((masked ? 0x80 : 0) | (lengthBytes switch { 0 => (int)Math.Min(claimed, 125), 2 => 126, _ => 127 }));
        if (lengthBytes == 2) BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)claimed);
        if (lengthBytes == 8) BinaryPrimitives.WriteUInt64BigEndian(head[2..], claimed);
        var key = head.Slice(2 + lengthBytes, masked ? 4 : 0);
        random.NextBytes(key);
        for (var i = 0; i < payload.Length && masked; i++) payload[i] ^= key[i & 3];
        stream.Write(head[..(2 + lengthBytes + key.Length)]);
        stream.Write(payload);
    }

    private static byte[] Payload(Random random, int opcode)
    {
        if (opcode == 8)
        {
            return random.Next(4) switch
            {
                0 => [],
                1 => [(byte)random.Next(256)],
                2 => [0x03, (byte)(0xe8 + random.Next(16)), .. Texts[random.Next(Texts.Length)]],
                _ => [(byte)random.Next(24), (byte)random.Next(256), .. Texts[random.Next(Texts.Length)]],
            };
        }

        if (opcode <= 1 && random.Next(2) == 0) return [.. Texts[random.Next(Texts.Length)], .. Texts[random.Next(Texts.Length)]];
        var payload = new byte[opcode >= 8 ? random.Next(126) : Lengths[random.Next(Lengths.Length)]];
        if (opcode == 2 || opcode >= 8) random.NextBytes(payload);
        else Array.Fill(payload, (byte)'a');
        return payload;
    }
}

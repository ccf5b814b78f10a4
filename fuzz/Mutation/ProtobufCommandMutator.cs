namespace Duplex.Fuzz.Mutation;

/// <summary>Generates well-formed messages of random fields with random nesting, and sometimes changes single bytes of a seed.</summary>
public sealed class ProtobufCommandMutator : IMutator
{
    private readonly ByteMutator _bytes = new();

    public byte[] Next(Random random, IReadOnlyList<byte[]> seeds)
    {
        if (random.Next(2) == 0) return _bytes.Next(random, seeds);
        var frame = new List<byte>();
        for (var commands = random.Next(1, 4); commands > 0; commands--) Delimited(frame, Message(random, depth: 0));
        return [.. frame];
    }

    private static List<byte> Message(Random random, int depth)
    {
        var message = new List<byte>();
        for (var fields = random.Next(6); fields > 0; fields--)
        {
            var wireType = random.Next(10) == 0 ? random.Next(8) : random.Next(3) * 2 % 4;
            Varint(message, (ulong)(random.Next(21) << 3 | wireType));
            switch (wireType)
            {
                case 0: Varint(message, (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)); break;
                case 1: message.AddRange(new byte[8]); break;
                case 2 when depth < 70 && random.Next(3) > 0: Delimited(message, Message(random, depth + 1)); break;
                case 2: Delimited(message, [.. "channel\xC3"u8[..random.Next(9)]]); break;
                case 5: message.AddRange(new byte[4]); break;
            }
        }

        return message;
    }

    private static void Delimited(List<byte> output, List<byte> message)
    {
        Varint(output, (ulong)message.Count);
        output.AddRange(message);
    }

    private static void Varint(List<byte> output, ulong value)
    {
        for (; value >= 0x80; value >>= 7) output.Add((byte)(value | 0x80));
        output.Add((byte)value);
    }
}

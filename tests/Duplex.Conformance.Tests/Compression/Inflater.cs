using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Compression;

/// <summary>
/// Inflates the messages of one direction (RFC 1951, RFC 7692 section 7.2.2) and, unlike zlib, objects when the
/// sender refers farther back than the window that was agreed, or past a context that was to be dropped.
/// </summary>
public sealed class Inflater(int windowBits, bool noContextTakeover)
{
    private static readonly int[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private byte[] _context = [];

    /// <summary>One message's payload, without the four bytes that RFC 7692 takes off its end.</summary>
    public byte[] Inflate(byte[] payload)
    {
        var bits = new BitReader([.. payload, 0, 0, 0xff, 0xff]);
        var output = new List<byte>(_context.Length + payload.Length * 4);
        output.AddRange(_context);

        while (!bits.IsAtEnd)
        {
            var isFinal = bits.Read(1) == 1;
            switch (bits.Read(2))
            {
                case 0: ReadStored(bits, output); break;
                case 1: ReadBlock(bits, output, Huffman.FixedLiterals, Huffman.FixedDistances); break;
                case 2:
                    var (literals, distances) = ReadTables(bits);
                    ReadBlock(bits, output, literals, distances);
                    break;
                default: throw new ViolationException("A deflate block of the reserved type.");
            }

            // RFC 7692 7.2.1: what follows a final block begins at the next byte.
            if (isFinal) bits.AlignToByte();
        }

        var message = output.GetRange(_context.Length, output.Count - _context.Length).ToArray();
        _context = noContextTakeover ? [] : [.. output.GetRange(Math.Max(0, output.Count - 32768), Math.Min(output.Count, 32768))];
        return message;
    }

    private static void ReadStored(BitReader bits, List<byte> output)
    {
        bits.AlignToByte();
        var length = bits.Read(16);
        if (length != (bits.Read(16) ^ 0xffff)) throw new ViolationException("A stored block whose lengths disagree.");
        for (var i = 0; i < length; i++) output.Add((byte)bits.Read(8));
    }

    private static (Huffman Literals, Huffman Distances) ReadTables(BitReader bits)
    {
        var literalCount = bits.Read(5) + 257;
        var distanceCount = bits.Read(5) + 1;
        var codeLengthCount = bits.Read(4) + 4;
        var lengths = new byte[19];
        for (var i = 0; i < codeLengthCount; i++) lengths[CodeLengthOrder[i]] = (byte)bits.Read(3);

        var codeLengths = new Huffman(lengths);
        var all = new List<byte>();
        while (all.Count < literalCount + distanceCount)
        {
            var symbol = codeLengths.Decode(bits);
            if (symbol < 16) all.Add((byte)symbol);
            else if (symbol == 16) all.AddRange(Enumerable.Repeat(all[^1], 3 + bits.Read(2)));
            else all.AddRange(new byte[symbol == 17 ? 3 + bits.Read(3) : 11 + bits.Read(7)]);
        }

        return (new Huffman([.. all.Take(literalCount)]), new Huffman([.. all.Skip(literalCount)]));
    }

    private void ReadBlock(BitReader bits, List<byte> output, Huffman literals, Huffman distances)
    {
        while (literals.Decode(bits) is var symbol && symbol != 256)
        {
            if (symbol < 256)
            {
                output.Add((byte)symbol);
                continue;
            }

            var length = DeflateTables.LengthBase[symbol - 257] + bits.Read(DeflateTables.LengthExtra[symbol - 257]);
            var code = distances.Decode(bits);
            var distance = DeflateTables.DistanceBase[code] + bits.Read(DeflateTables.DistanceExtra[code]);
            if (distance > 1 << windowBits)
            {
                throw new ViolationException($"A reference {distance} bytes back in a window of {1 << windowBits} (7692-7.1.2-a).");
            }

            if (distance > output.Count) throw new ViolationException("A reference before the context (7692-7.1.1-a).");
            for (var i = 0; i < length; i++) output.Add(output[^distance]);
        }
    }
}

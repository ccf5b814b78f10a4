namespace Duplex.WebSockets.Tests.Compression;

/// <summary>
/// Decodes deflated data (RFC 1951) in the plainest way and remembers how far back it refers: the only way to
/// prove that a window is honoured, since an inflater with a larger one accepts everything.
/// </summary>
internal sealed class DeflateWalker
{
    private static readonly int[] LengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly int[] LengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static readonly int[] DistanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
    private static readonly int[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly List<byte> _output = [];
    private byte[] _input = [];
    private int _bit;

    public int FarthestReference { get; private set; }

    public int MatchCount { get; private set; }

    /// <summary>Decodes one message's payload; the window goes on from message to message.</summary>
    public byte[] Read(ReadOnlySpan<byte> payload)
    {
        _input = [.. payload, 0, 0, 0xFF, 0xFF];
        _bit = 0;
        var start = _output.Count;
        while (_bit < 8 * _input.Length)
        {
            Bits(1);
            switch (Bits(2))
            {
                case 0: ReadStored(); break;
                case 1: ReadBlock(FixedLengths(), Enumerable.Repeat(5, 30).ToArray()); break;
                case 2: ReadDynamic(); break;
                default: throw new InvalidDataException("block type 3");
            }
        }

        return [.. _output.Skip(start)];
    }

    private static int[] FixedLengths() =>
        [.. Enumerable.Repeat(8, 144), .. Enumerable.Repeat(9, 112), .. Enumerable.Repeat(7, 24), .. Enumerable.Repeat(8, 8)];

    private int Bits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, _bit++) value |= ((_input[_bit >> 3] >> (_bit & 7)) & 1) << i;
        return value;
    }

    private void ReadStored()
    {
        _bit = (_bit + 7) & ~7;
        var length = Bits(16);
        Assert.Equal(length, ~Bits(16) & 0xFFFF);
        for (var i = 0; i < length; i++) _output.Add((byte)Bits(8));
    }

    private void ReadDynamic()
    {
        var (literals, distances, codes) = (Bits(5) + 257, Bits(5) + 1, Bits(4) + 4);
        var codeLengths = new int[19];
        for (var i = 0; i < codes; i++) codeLengths[CodeLengthOrder[i]] = Bits(3);
        var code = Huffman(codeLengths);
        var lengths = new List<int>();
        while (lengths.Count < literals + distances)
        {
            var symbol = Decode(code);
            if (symbol < 16) lengths.Add(symbol);
            else if (symbol == 16) lengths.AddRange(Enumerable.Repeat(lengths[^1], 3 + Bits(2)));
            else lengths.AddRange(Enumerable.Repeat(0, symbol == 17 ? 3 + Bits(3) : 11 + Bits(7)));
        }

        ReadBlock([.. lengths.Take(literals)], [.. lengths.Skip(literals)]);
    }

    private void ReadBlock(int[] literalLengths, int[] distanceLengths)
    {
        var (literals, distances) = (Huffman(literalLengths), Huffman(distanceLengths));
        while (true)
        {
            var symbol = Decode(literals);
            if (symbol == 256) return;
            if (symbol < 256)
            {
                _output.Add((byte)symbol);
                continue;
            }

            var length = LengthBase[symbol - 257] + Bits(LengthExtra[symbol - 257]);
            var distanceSymbol = Decode(distances);
            var distance = DistanceBase[distanceSymbol] + Bits(Math.Max(0, (distanceSymbol >> 1) - 1));
            FarthestReference = Math.Max(FarthestReference, distance);
            MatchCount++;
            for (var i = 0; i < length; i++) _output.Add(_output[^distance]);
        }
    }

    private static Dictionary<(int Length, int Code), int> Huffman(int[] lengths)
    {
        var table = new Dictionary<(int, int), int>();
        var code = 0;
        for (var length = 1; length <= 15; length++, code <<= 1)
        {
            for (var symbol = 0; symbol < lengths.Length; symbol++)
                if (lengths[symbol] == length) table.Add((length, code++), symbol);
        }

        return table;
    }

    private int Decode(Dictionary<(int Length, int Code), int> table)
    {
        for (int length = 1, code = Bits(1); length <= 15; length++, code = (code << 1) | Bits(1))
            if (table.TryGetValue((length, code), out var symbol)) return symbol;
        throw new InvalidDataException("no such code");
    }
}

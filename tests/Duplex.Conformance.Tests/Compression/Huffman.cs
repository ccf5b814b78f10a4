using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Compression;

/// <summary>A canonical code, from the lengths of its symbols. RFC 1951 section 3.2.2.</summary>
public sealed class Huffman
{
    private readonly int[] _count = new int[16];
    private readonly int[] _symbols;

    public Huffman(byte[] lengths)
    {
        foreach (var length in lengths) _count[length]++;
        _count[0] = 0;
        _symbols = [.. Enumerable.Range(0, lengths.Length).Where(symbol => lengths[symbol] > 0).OrderBy(symbol => lengths[symbol])];
    }

    /// <summary>RFC 1951 section 3.2.6.</summary>
    public static Huffman FixedLiterals { get; } =
        new([.. Enumerable.Range(0, 288).Select(symbol => (byte)(symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8))]);

    public static Huffman FixedDistances { get; } = new([.. Enumerable.Repeat((byte)5, 30)]);

    public int Decode(BitReader bits)
    {
        int code = 0, first = 0, index = 0;
        for (var length = 1; length < 16; length++)
        {
            code |= bits.Read(1);
            if (code - first < _count[length]) return _symbols[index + code - first];
            index += _count[length];
            first = (first + _count[length]) << 1;
            code <<= 1;
        }

        throw new ViolationException("A bit sequence that no code has.");
    }
}

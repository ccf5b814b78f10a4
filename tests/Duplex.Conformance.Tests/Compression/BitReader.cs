using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Compression;

/// <summary>Bits in the order of RFC 1951 section 3.1.1: from the least significant bit of each byte.</summary>
public sealed class BitReader(byte[] bytes)
{
    private int _position;

    public bool IsAtEnd => _position >= bytes.Length * 8;

    public int Read(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, _position++)
        {
            if (IsAtEnd) throw new ViolationException("Compressed data that ends inside a block.");
            value |= ((bytes[_position >> 3] >> (_position & 7)) & 1) << i;
        }

        return value;
    }

    public void AlignToByte() => _position = (_position + 7) & ~7;
}

namespace Duplex.Conformance.Tests.Compression;

/// <summary>Bits and the fixed codes of RFC 1951 section 3.2.6.</summary>
public sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _used = 8;

    public void Write(int value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (_used == 8)
            {
                _bytes.Add(0);
                _used = 0;
            }

            _bytes[^1] |= (byte)(((value >> i) & 1) << _used++);
        }
    }

    /// <summary>A literal, or 256 for the end of the block.</summary>
    public void WriteLiteral(int symbol)
    {
        if (symbol < 144) WriteCode(0x30 + symbol, 8);
        else if (symbol < 256) WriteCode(0x190 + symbol - 144, 9);
        else if (symbol < 280) WriteCode(symbol - 256, 7);
        else WriteCode(0xc0 + symbol - 280, 8);
    }

    public void WriteMatch(int length, int distance)
    {
        var symbol = DeflateTables.SymbolFor(DeflateTables.LengthBase, length);
        WriteLiteral(257 + symbol);
        Write(length - DeflateTables.LengthBase[symbol], DeflateTables.LengthExtra[symbol]);
        symbol = DeflateTables.SymbolFor(DeflateTables.DistanceBase, distance);
        WriteCode(symbol, 5);
        Write(distance - DeflateTables.DistanceBase[symbol], DeflateTables.DistanceExtra[symbol]);
    }

    public byte[] ToArray() => [.. _bytes];

    // Codes go out from their most significant bit, everything else from the least.
    private void WriteCode(int code, int count)
    {
        for (var i = count - 1; i >= 0; i--) Write((code >> i) & 1, 1);
    }
}

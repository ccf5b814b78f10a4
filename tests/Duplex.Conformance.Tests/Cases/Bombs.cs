using System.IO.Compression;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Few bytes that inflate to many.</summary>
public static class Bombs
{
    /// <summary>A compressed message of zeros: about a thousandth of their number.</summary>
    public static byte[] Zeros(int length)
    {
        using var output = new MemoryStream();
        using var deflate = new DeflateStream(output, CompressionLevel.Fastest);
        var block = new byte[1 << 20];
        for (var left = length; left > 0; left -= block.Length) deflate.Write(block, 0, Math.Min(left, block.Length));
        deflate.Flush();
        return output.ToArray()[..^4];
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LoadTool.Sockets;

/// <summary>Creates compressed messages before the measurement. RFC 7692 section 7.2.1.</summary>
internal static class CompressedText
{
    /// <summary>Offer of the client: neither side keeps its window, so that equal messages have equal bytes.</summary>
    public const string Offer = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    /// <summary>Creates a frame whose text, quotes as in a market feed, has this many bytes.</summary>
    public static byte[] Frame(int textLength)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        while (text.Length < textLength)
            text.Append(CultureInfo.InvariantCulture, $"{{\"symbol\":\"S{random.Next(100)}\",\"price\":\"{random.Next(10_000) / 100.0}\",\"quantity\":{random.Next(1000)}}},");

        var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(Encoding.ASCII.GetBytes(text.ToString(0, textLength)));
            deflate.Flush();
            // A flush ends in an empty block, 00 00 FF FF, which is omitted together with the bytes that closing appends.
            return ClientFrame.CompressedText(compressed.GetBuffer().AsSpan(0, (int)compressed.Length - 4));
        }
    }
}

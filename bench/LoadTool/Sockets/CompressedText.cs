using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LoadTool.Sockets;

/// <summary>A message of permessage-deflate, made once before the measurement. RFC 7692 section 7.2.1.</summary>
internal static class CompressedText
{
    /// <summary>What the client offers: no side keeps its window, so that the same message always looks the same.</summary>
    public const string Offer = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    /// <summary>A frame whose text, quotes such as a feed sends, has this many bytes.</summary>
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
            // A flush ends in an empty block, 00 00 FF FF, which is left out; what closing adds comes behind it.
            return ClientFrame.CompressedText(compressed.GetBuffer().AsSpan(0, (int)compressed.Length - 4));
        }
    }
}

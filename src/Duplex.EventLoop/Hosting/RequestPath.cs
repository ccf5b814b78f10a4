using System.Text;
using System.Text.Unicode;

namespace Duplex.EventLoop.Hosting;

/// <summary>
/// Parses a request's path as ASP.NET Core's routing does: it splits first and decodes the segments afterwards. Paths
/// with other special cases (an encoded slash, which Kestrel keeps; dot segments, which it removes; escapes that are not
/// UTF-8) are rejected here and go to Kestrel.
/// </summary>
internal static class RequestPath
{
    /// <summary>Decodes a path for which <see cref="TrySplit"/> returns true.</summary>
    public static string Decode(ReadOnlySpan<byte> path) => Uri.UnescapeDataString(Encoding.ASCII.GetString(path));

    /// <summary>Splits a path into decoded segments; a trailing slash adds no segment.</summary>
    /// <param name="path">The path as sent, from its first slash on.</param>
    /// <param name="text">Receives the decoded characters; at least as long as the path has bytes.</param>
    /// <param name="segments">Receives the range of each segment in <paramref name="text"/>.</param>
    /// <param name="count">The number of segments.</param>
    /// <returns>False for a path that Kestrel must parse.</returns>
    public static bool TrySplit(ReadOnlySpan<byte> path, Span<char> text, Span<Range> segments, out int count)
    {
        count = 0;
        var used = 0;
        path = path[1..];
        while (path.Length > 0)
        {
            var end = path.IndexOf((byte)'/');
            var segment = end < 0 ? path : path[..end];
            path = end < 0 ? default : path[(end + 1)..];
            if (count == segments.Length || !TryDecode(segment, text[used..], out var length)) return false;
            segments[count++] = used..(used + length);
            used += length;
        }

        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> segment, Span<char> text, out int length)
    {
        length = 0;
        if (segment is [] or [(byte)'.'] or [(byte)'.', (byte)'.']) return false;
        if (!segment.Contains((byte)'%'))
        {
            length = Encoding.ASCII.GetChars(segment, text);
            return true;
        }

        Span<byte> bytes = segment.Length <= 512 ? stackalloc byte[512] : new byte[segment.Length];
        var count = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            var value = segment[i];
            if (value == (byte)'%')
            {
                if (i + 2 >= segment.Length || !TryDecodeByte(segment.Slice(i + 1, 2), out value)) return false;
                if (value is 0 or (byte)'/' or (byte)'.' or (byte)'%') return false;
                i += 2;
            }

            bytes[count++] = value;
        }

        return Utf8.ToUtf16(bytes[..count], text, out _, out length, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done;
    }

    private static bool TryDecodeByte(ReadOnlySpan<byte> digits, out byte value) =>
        byte.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out value);
}

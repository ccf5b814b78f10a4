using System.Buffers;
using System.Text.Unicode;
using Duplex.Protocol.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>
/// Represents the head of a GET request, parsed strictly by RFC 9112 sections 3 and 5. Field values are not copied: most are
/// never read, and a second scan costs less than an index of them.
/// <code>
/// GET SP target SP HTTP/1.1 CRLF
/// name ":" [ SP / HTAB ] value [ SP / HTAB ] CRLF     ; any number of fields
/// CRLF
/// </code>
/// </summary>
internal readonly ref struct RequestHead
{
    // Visible ASCII without the fragment delimiter '#', which RFC 6455 section 3 forbids.
    private static readonly SearchValues<byte> TargetBytes = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private RequestHead(ReadOnlySpan<byte> target, bool isHttp11, HeaderLines fields)
    {
        Target = target;
        IsHttp11 = isHttp11;
        Fields = fields;
    }

    /// <summary>The path and the query.</summary>
    public ReadOnlySpan<byte> Target { get; }

    public bool IsHttp11 { get; }

    public HeaderLines Fields { get; }

    /// <param name="head">The whole lines with their CRLF, the empty one included.</param>
    /// <param name="parsed">The parsed head.</param>
    public static bool TryParse(ReadOnlySpan<byte> head, out RequestHead parsed)
    {
        parsed = default;
        var end = head.IndexOf("\r\n"u8);
        var fields = new HeaderLines(head[(end + 2)..]);
        if (!TryParseRequestLine(head[..end], out var target, out var isHttp11)) return false;
        foreach (var line in fields)
        {
            if (!IsField(line)) return false;
        }

        parsed = new RequestHead(target, isHttp11, fields);
        return true;
    }

    private static bool TryParseRequestLine(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> target, out bool isHttp11)
    {
        target = default;
        isHttp11 = false;
        line = line["GET ".Length..];
        var space = line.IndexOf((byte)' ');
        if (space <= 0) return false;
        var version = line[(space + 1)..];
        if (version.Length != 8 || !version.StartsWith("HTTP/1."u8) || !char.IsAsciiDigit((char)version[7])) return false;
        isHttp11 = version[7] != (byte)'0';

        target = line[..space];
        return target[0] == (byte)'/' && !target.ContainsAnyExcept(TargetBytes);
    }

    private static bool IsField(ReadOnlySpan<byte> line)
    {
        // RFC 9112 section 5: a space before the colon and folded lines are rejected, because both have been used for
        // request smuggling.
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(HttpCharacters.TokenBytes)) return false;
        var value = HeaderLines.ValueOf(line, colon);
        return !value.ContainsAny(HttpCharacters.ForbiddenInValues) && Utf8.IsValid(value);
    }
}

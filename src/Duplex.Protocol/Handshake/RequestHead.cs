using System.Buffers;
using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>
/// The head of a GET request, taken apart by RFC 9112 sections 3 and 5, strictly. The bytes stay where they
/// are: most fields are never asked for, and looking again costs less than keeping them all.
/// </summary>
internal readonly ref struct RequestHead
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // Visible ASCII without the fragment's '#', which RFC 6455 section 3 forbids.
    private static readonly SearchValues<byte> TargetBytes = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static readonly SearchValues<byte> ForbiddenInValues = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private RequestHead(ReadOnlySpan<byte> target, ReadOnlySpan<byte> authority, bool isHttp11, HeaderLines fields)
    {
        Target = target;
        Authority = authority;
        IsHttp11 = isHttp11;
        Fields = fields;
    }

    /// <summary>Path and query; the path may be missing.</summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>The authority of an absolute target, or empty.</summary>
    public ReadOnlySpan<byte> Authority { get; }

    public bool IsHttp11 { get; }

    public HeaderLines Fields { get; }

    /// <param name="head">Whole lines with their CRLF, the empty one included.</param>
    /// <param name="parsed">The parts.</param>
    public static bool TryParse(ReadOnlySpan<byte> head, out RequestHead parsed)
    {
        parsed = default;
        var end = head.IndexOf("\r\n"u8);
        var fields = new HeaderLines(head[(end + 2)..]);
        if (!TryParseRequestLine(head[..end], out var target, out var authority, out var isHttp11)) return false;
        foreach (var line in fields)
        {
            if (!IsField(line)) return false;
        }

        parsed = new RequestHead(target, authority, isHttp11, fields);
        return true;
    }

    private static bool TryParseRequestLine(
        ReadOnlySpan<byte> line, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> authority, out bool isHttp11)
    {
        target = authority = default;
        isHttp11 = false;
        line = line["GET ".Length..];
        var space = line.IndexOf((byte)' ');
        if (space <= 0) return false;
        var version = line[(space + 1)..];
        if (version.Length != 8 || !version.StartsWith("HTTP/1."u8) || !char.IsAsciiDigit((char)version[7])) return false;
        isHttp11 = version[7] != (byte)'0';

        target = line[..space];
        if (target.ContainsAnyExcept(TargetBytes)) return false;
        if (target[0] == (byte)'/') return true;

        // RFC 9112 section 3.2.2: an absolute target's authority counts, whatever Host says.
        var scheme = target.IndexOf("://"u8);
        if (scheme < 0 || !IsHttpScheme(target[..scheme])) return false;
        target = target[(scheme + 3)..];
        var slash = target.IndexOfAny((byte)'/', (byte)'?');
        authority = slash < 0 ? target : target[..slash];
        target = slash < 0 ? default : target[slash..];
        return authority.Length > 0;
    }

    private static bool IsHttpScheme(ReadOnlySpan<byte> scheme) =>
        Ascii.EqualsIgnoreCase(scheme, "http"u8) || Ascii.EqualsIgnoreCase(scheme, "https"u8);

    private static bool IsField(ReadOnlySpan<byte> line)
    {
        // Neither space before the colon nor folded lines: both have been used to smuggle requests (RFC 9112 section 5).
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(NameBytes)) return false;
        return !HeaderLines.ValueOf(line, colon).ContainsAny(ForbiddenInValues);
    }
}

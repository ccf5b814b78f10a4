using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>The head of a GET request, taken apart by RFC 9112 sections 3 and 5, strictly.</summary>
internal sealed class RequestHead
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // Visible ASCII without the fragment's '#', which RFC 6455 section 3 forbids.
    private static readonly SearchValues<byte> TargetBytes = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static readonly SearchValues<byte> ForbiddenInValues = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Path and query.</summary>
    public string Target { get; private set; } = "/";

    public bool IsHttp11 { get; private set; }

    /// <summary>The authority of an absolute target, else the Host field.</summary>
    public string? Host { get; private set; }

    public IReadOnlyDictionary<string, string> Headers => _headers;

    public string? Find(string name) => _headers.TryGetValue(name, out var value) ? value : null;

    /// <param name="head">Whole lines with their CRLF, the empty one included.</param>
    /// <param name="parsed">The parts.</param>
    public static bool TryParse(ReadOnlySpan<byte> head, [NotNullWhen(true)] out RequestHead? parsed)
    {
        parsed = new RequestHead();
        if (!parsed.TryParseRequestLine(NextLine(ref head))) return false;
        for (var line = NextLine(ref head); line.Length > 0; line = NextLine(ref head))
        {
            if (!parsed.TryAddField(line)) return false;
        }

        parsed.Host ??= parsed.Find("Host");
        return true;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf("\r\n"u8);
        var line = head[..end];
        head = head[(end + 2)..];
        return line;
    }

    private bool TryParseRequestLine(ReadOnlySpan<byte> line)
    {
        line = line["GET ".Length..];
        var space = line.IndexOf((byte)' ');
        if (space <= 0) return false;
        var version = line[(space + 1)..];
        if (version.Length != 8 || !version.StartsWith("HTTP/1."u8) || !char.IsAsciiDigit((char)version[7])) return false;
        IsHttp11 = version[7] != (byte)'0';

        var target = line[..space];
        if (target.ContainsAnyExcept(TargetBytes)) return false;
        if (target[0] != (byte)'/')
        {
            // RFC 9112 section 3.2.2: an absolute target's authority counts, whatever Host says.
            var scheme = target.IndexOf("://"u8);
            if (scheme < 0 || !IsHttpScheme(target[..scheme])) return false;
            target = target[(scheme + 3)..];
            var slash = target.IndexOfAny((byte)'/', (byte)'?');
            Host = Encoding.ASCII.GetString(slash < 0 ? target : target[..slash]);
            target = slash < 0 ? default : target[slash..];
        }

        Target = target.IsEmpty || target[0] == (byte)'?' ? "/" + Encoding.ASCII.GetString(target) : Encoding.ASCII.GetString(target);
        return true;
    }

    private static bool IsHttpScheme(ReadOnlySpan<byte> scheme) =>
        Ascii.EqualsIgnoreCase(scheme, "http"u8) || Ascii.EqualsIgnoreCase(scheme, "https"u8);

    private bool TryAddField(ReadOnlySpan<byte> line)
    {
        // Neither space before the colon nor folded lines: both have been used to smuggle requests (RFC 9112 section 5).
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(NameBytes)) return false;
        var raw = line[(colon + 1)..].Trim(" \t"u8);
        if (raw.ContainsAny(ForbiddenInValues)) return false;

        var name = Encoding.ASCII.GetString(line[..colon]);
        var value = Encoding.Latin1.GetString(raw);
        if (!_headers.TryAdd(name, value)) _headers[name] = $"{_headers[name]}, {value}";
        return true;
    }
}

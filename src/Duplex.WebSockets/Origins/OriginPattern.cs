using System.Globalization;

namespace Duplex.WebSockets.Origins;

/// <summary>Represents one allowed origin, or all of its subdomains.</summary>
internal readonly record struct OriginPattern(Origin Origin, bool IsWildcard)
{
    private const string Wildcard = "://*.";

    /// <exception cref="ArgumentException">The text is not an origin; the message has the expected form.</exception>
    public static OriginPattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var pattern) ? pattern : throw new ArgumentException(FaultOf(text), nameof(text));
    }

    /// <summary>Returns the fault of a text that is not an origin, with the expected form.</summary>
    public static string FaultOf(string text) => $"\"{text}\" is not an origin: {Explain(text)}";

    public static bool TryParse(string text, out OriginPattern pattern)
    {
        pattern = default;
        var wildcard = text.IndexOf(Wildcard, StringComparison.Ordinal);
        var plain = wildcard < 0 ? text : string.Concat(text.AsSpan(0, wildcard + 3), text.AsSpan(wildcard + Wildcard.Length));
        if (!TryToAscii(plain, out var ascii) || !Origin.TryParse(ascii, out var origin)) return false;
        if (wildcard >= 0 && origin.Host.Length == 0) return false;
        pattern = new OriginPattern(origin, wildcard >= 0);
        return true;
    }

    public bool Matches(in Origin origin)
    {
        if (origin.Scheme != Origin.Scheme || origin.Port != Origin.Port) return false;
        if (!IsWildcard) return string.Equals(origin.Host, Origin.Host, StringComparison.OrdinalIgnoreCase);

        // The suffix includes the dot, and at least one label must precede it: evilexample.org is not a subdomain.
        var label = origin.Host.Length - Origin.Host.Length - 1;
        return label > 0
            && origin.Host[label] == '.'
            && origin.Host[0] != '.'
            && origin.Host.EndsWith(Origin.Host, StringComparison.OrdinalIgnoreCase);
    }

    private static string Explain(string text)
    {
        const string form = "write scheme, host and port alone, such as https://example.org, https://*.example.org or capacitor://localhost.";
        if (text.AsSpan().Trim().IsEmpty) return form;
        if (text[0] == '[' || text.Contains(',', StringComparison.Ordinal)) return "write each origin as an entry of its own.";
        if (text.Contains(' ', StringComparison.Ordinal)) return "write each origin as an entry of its own, without spaces.";
        var separator = text.IndexOf("://", StringComparison.Ordinal);
        if (separator < 0) return TryParse("https://" + text, out _) ? $"it has no scheme; write https://{text}." : form;
        if (text.AsSpan(separator + 3) is "*" or "*." or "*/") return "write * alone to allow every origin.";
        var end = text.IndexOfAny(['/', '?', '#'], separator + 3);
        if (end >= 0 && TryParse(text[..end], out _)) return $"it has a path; write {text[..end]}.";
        return form;
    }

    // RFC 6454 section 6.2 requires the ASCII form, while configurations often contain the Unicode form.
    private static bool TryToAscii(string text, out string ascii)
    {
        ascii = text;
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3 || System.Text.Ascii.IsValid(text)) return true;
        var end = text.IndexOf(':', start);
        if (end < 0) end = text.Length;
        try
        {
            ascii = string.Concat(text.AsSpan(0, start), new IdnMapping().GetAscii(text, start, end - start), text.AsSpan(end));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

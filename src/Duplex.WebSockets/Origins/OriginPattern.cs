using System.Globalization;

namespace Duplex.WebSockets.Origins;

/// <summary>One allowed origin, or all subdomains of one.</summary>
internal readonly record struct OriginPattern(Origin Origin, bool IsWildcard)
{
    private const string Wildcard = "://*.";

    /// <exception cref="ArgumentException">The text is no origin.</exception>
    public static OriginPattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var wildcard = text.IndexOf(Wildcard, StringComparison.Ordinal);
        var plain = wildcard < 0 ? text : string.Concat(text.AsSpan(0, wildcard + 3), text.AsSpan(wildcard + Wildcard.Length));
        return Origin.TryParse(ToAscii(plain), out var origin)
            ? new OriginPattern(origin, wildcard >= 0)
            : throw new ArgumentException($"'{text}' is not an origin such as https://example.org or https://*.example.org, without a path.", nameof(text));
    }

    public bool Matches(in Origin origin)
    {
        if (origin.Scheme != Origin.Scheme || origin.Port != Origin.Port) return false;
        if (!IsWildcard) return string.Equals(origin.Host, Origin.Host, StringComparison.OrdinalIgnoreCase);

        // The dot belongs to the suffix, and at least one label stands before it: evilexample.org is no subdomain.
        var label = origin.Host.Length - Origin.Host.Length - 1;
        return label > 0
            && origin.Host[label] == '.'
            && origin.Host[0] != '.'
            && origin.Host.EndsWith(Origin.Host, StringComparison.OrdinalIgnoreCase);
    }

    // RFC 6454 section 6.2 has the ASCII form; people write the other one.
    private static string ToAscii(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3 || System.Text.Ascii.IsValid(text)) return text;
        var end = text.IndexOf(':', start);
        if (end < 0) end = text.Length;
        return string.Concat(text.AsSpan(0, start), new IdnMapping().GetAscii(text, start, end - start), text.AsSpan(end));
    }
}

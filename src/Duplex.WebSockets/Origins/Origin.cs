using System.Buffers;
using System.Globalization;

namespace Duplex.WebSockets.Origins;

/// <summary>
/// Represents a serialized origin: scheme, host and port. RFC 6454 section 6.2. The port is 0 when the scheme has no default
/// and none was given.
/// </summary>
internal readonly record struct Origin(string Scheme, string Host, int Port)
{
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(
        "-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(
        "+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create(":.0123456789ABCDEFabcdef");

    /// <summary>Whether the origin is that of a page loaded over HTTP.</summary>
    public bool IsOfWebPage => Scheme is "https" or "http";

    /// <summary>
    /// Parses an origin strictly: without user, path, query or spaces. Browsers send international names in their ASCII
    /// form, so other characters are rejected. Any scheme is accepted: application shells and extensions have their own,
    /// some without a host.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Origin origin)
    {
        origin = default;
        var separator = text.IndexOf("://");
        if (separator <= 0 || !IsScheme(text[..separator])) return false;
        var scheme = SchemeOf(text[..separator]);
        var port = scheme switch { "https" => 443, "http" => 80, _ => 0 };

        var rest = text[(separator + 3)..];
        var hostLength = HostLength(rest);
        if (hostLength < 0 || (hostLength == 0 && (port != 0 || rest.Length > 0))) return false;
        if (hostLength < rest.Length && (rest[hostLength] != ':' || !TryParsePort(rest[(hostLength + 1)..], out port))) return false;
        origin = new Origin(scheme, rest[..hostLength].ToString(), port);
        return true;
    }

    // RFC 3986 section 3.1.
    private static bool IsScheme(ReadOnlySpan<char> text) => char.IsAsciiLetter(text[0]) && !text.ContainsAnyExcept(SchemeCharacters);

    // The schemes of pages are constants, so that they are not allocated for each request.
    private static string SchemeOf(ReadOnlySpan<char> text) =>
        text.Equals("https", StringComparison.OrdinalIgnoreCase) ? "https"
        : text.Equals("http", StringComparison.OrdinalIgnoreCase) ? "http"
        : text.ToString().ToLowerInvariant();

    private static int HostLength(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            return end < 2 || text[1..end].ContainsAnyExcept(AddressCharacters) ? -1 : end + 1;
        }

        var length = text.IndexOfAnyExcept(HostCharacters);
        return length < 0 ? text.Length : length;
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && text.Length <= 5 && port is > 0 and <= 65535;
}

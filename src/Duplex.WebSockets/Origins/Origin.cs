using System.Buffers;
using System.Globalization;

namespace Duplex.WebSockets.Origins;

/// <summary>A serialised origin: scheme, host and port, nothing else. RFC 6454 section 6.2.</summary>
internal readonly record struct Origin(string Scheme, string Host, int Port)
{
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(
        "-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create(":.0123456789ABCDEFabcdef");

    /// <summary>
    /// Parses strictly: no user, path, query or space. Browsers send international names in their ASCII form, so
    /// anything else is refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Origin origin)
    {
        origin = default;
        var separator = text.IndexOf("://");
        if (separator < 0) return false;
        var scheme = text[..separator].Equals("https", StringComparison.OrdinalIgnoreCase) ? "https"
            : text[..separator].Equals("http", StringComparison.OrdinalIgnoreCase) ? "http" : null;
        if (scheme is null) return false;

        var rest = text[(separator + 3)..];
        var hostLength = HostLength(rest);
        if (hostLength <= 0) return false;
        var port = scheme == "https" ? 443 : 80;
        if (hostLength < rest.Length && (rest[hostLength] != ':' || !TryParsePort(rest[(hostLength + 1)..], out port))) return false;
        origin = new Origin(scheme, rest[..hostLength].ToString(), port);
        return true;
    }

    private static int HostLength(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            return end < 2 || text[1..end].ContainsAnyExcept(AddressCharacters) ? 0 : end + 1;
        }

        var length = text.IndexOfAnyExcept(HostCharacters);
        return length < 0 ? text.Length : length;
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && text.Length <= 5 && port is > 0 and <= 65535;
}

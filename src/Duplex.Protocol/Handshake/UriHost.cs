using System.Buffers;
using System.Globalization;

namespace Duplex.Protocol.Handshake;

/// <summary>
/// Validates the value of Host: uri-host [ ":" port ]. RFC 9110 section 7.2, RFC 3986 section 3.2.2. Routing can parse every
/// value that is valid here.
/// </summary>
internal static class UriHost
{
    private const int MaxPort = 65535;
    private const int MaxPortDigits = 5;

    // RFC 1035 section 2.3.4.
    private const int MaxNameLength = 255;

    // The characters of reg-name that Kestrel accepts: percent-encoding and the sub-delimiters that no host name has are
    // excluded.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "!$&'()-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create(":.0123456789ABCDEFabcdef");

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var length = text.StartsWith('[') ? AddressLength(text) : NameLength(text);
        return length > 0 && (length == text.Length || (text[length] == ':' && IsPort(text[(length + 1)..])));
    }

    // An IP-literal; the shortest is [::].
    private static int AddressLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(']');
        return end < 3 || text[1..end].ContainsAnyExcept(AddressCharacters) ? 0 : end + 1;
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(NameCharacters);
        if (length < 0) length = text.Length;
        var name = text[..length];
        return name.Contains("xn--", StringComparison.OrdinalIgnoreCase) && !IsInternational(name) ? 0 : length;
    }

    // Routing compares the Unicode form, and a name without one would make it fail.
    private static bool IsInternational(ReadOnlySpan<char> name)
    {
        if (name.Length > MaxNameLength) return false;
        try
        {
            new IdnMapping().GetUnicode(name.ToString());
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxPortDigits
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port <= MaxPort;
}

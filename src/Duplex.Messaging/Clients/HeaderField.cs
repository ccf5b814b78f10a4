using System.Buffers;

namespace Duplex.Messaging.Clients;

/// <summary>Validates header fields that are written into a request unchanged (RFC 9110 section 5).</summary>
internal static class HeaderField
{
    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // RFC 9110 5.5: visible ASCII, space and tab. Line breaks and NUL would end the field; other bytes have no agreed meaning.
    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static character => (char)character), '\t']);

    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "HTTP2-Settings",
    };

    /// <summary>Whether a text is a valid field name: a token.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>Whether a text is a valid field value of visible ASCII, spaces and tabs only. The empty text is valid.</summary>
    public static bool IsValue(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(ValueCharacters);

    /// <summary>
    /// Whether a field belongs to one connection or to the framing of one message (<c>Host</c>, <c>Content-Length</c>,
    /// <c>Transfer-Encoding</c>, <c>Connection</c>, <c>Proxy-*</c> and the like), so that it is never forwarded with another request.
    /// </summary>
    /// <param name="name">The name, in any case.</param>
    public static bool IsFraming(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Framing.Contains(name)
            || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase);
    }
}

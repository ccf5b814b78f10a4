using System.Buffers;

namespace Duplex.Messaging.Clients;

/// <summary>What a header field needs to be written into a request as it is (RFC 9110 section 5).</summary>
public static class HeaderField
{
    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // RFC 9110 5.5: visible ASCII, space and tab. Line breaks and NUL would end the field, other bytes have no agreed meaning.
    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static character => (char)character), '\t']);

    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "HTTP2-Settings",
    };

    /// <summary>Whether a text is a field's name: a token.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>Whether a text is a field's value of visible ASCII, spaces and tabs alone. The empty one is.</summary>
    public static bool IsValue(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(ValueCharacters);

    /// <summary>
    /// Whether a field belongs to one connection or to one message's framing (<c>Host</c>, <c>Content-Length</c>,
    /// <c>Transfer-Encoding</c>, <c>Connection</c>, <c>Proxy-*</c> and the like), so that it is never passed on with another request.
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

using System.Buffers;

namespace Duplex.Protocol.Text;

/// <summary>Defines the character sets of HTTP's grammar. RFC 9110 section 5.6.2 (RFC 2616 section 2.2 has the same tokens).</summary>
internal static class HttpCharacters
{
    private const string Tokens = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>The characters of a token.</summary>
    public static SearchValues<char> Token { get; } = SearchValues.Create(Tokens);

    /// <summary>The bytes of a token, such as a field name.</summary>
    public static SearchValues<byte> TokenBytes { get; } = SearchValues.Create([.. Tokens.Select(character => (byte)character)]);

    /// <summary>The control characters that a field value must not contain: all but the tab. RFC 9110 section 5.5.</summary>
    public static SearchValues<byte> ForbiddenInValues { get; } = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(value => value != '\t').Select(value => (byte)value), 127]);
}

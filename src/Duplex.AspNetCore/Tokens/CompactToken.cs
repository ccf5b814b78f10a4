using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Represents the parts of a JSON Web Token in compact serialization (RFC 7515 section 7.1).</summary>
internal sealed class CompactToken
{
    /// <summary>Limit: characters of a token; longer ones are rejected.</summary>
    private const int MaxChars = 64 * 1024;

    private const int PartCount = 3;

    private CompactToken(string algorithm, string? keyId, JsonElement claims, byte[] signed, byte[] signature)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        Claims = claims;
        Signed = signed;
        Signature = signature;
    }

    public string Algorithm { get; }

    /// <summary>The id of the key that signed the token; null if the header has none.</summary>
    public string? KeyId { get; }

    public JsonElement Claims { get; }

    /// <summary>The signing input (RFC 7515 section 5.2): the text before the second dot.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    /// <returns>The token, or null if the text is not a token; <paramref name="fault"/> then contains the reason.</returns>
    public static CompactToken? Parse(string text, out string fault)
    {
        fault = "it is longer than 64 KiB";
        if (text.Length > MaxChars) return null;
        var parts = text.Split('.', PartCount + 1);

        // RFC 7519 5.2: encrypted tokens, which have five parts, are not supported.
        fault = "it does not have three parts";
        if (parts.Length != PartCount) return null;
        fault = "a part of it is not base64url";
        if (Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload || Decode(parts[2]) is not { } signature) return null;
        fault = "its header is not a JSON object with an alg";
        if (ReadObject(header) is not { } fields || new ClaimReader(new(fields)).TextOrNull("alg") is not { } algorithm) return null;

        // RFC 7515 4.1.11: a recipient rejects a token with critical extensions that it does not support; an empty list of them is malformed.
        fault = "its header has critical extensions (crit), which are not supported";
        if (fields.TryGetProperty("crit", out _)) return null;
        fault = "its claims are not a JSON object";
        if (ReadObject(payload) is not { } claims) return null;
        fault = "";
        return new CompactToken(
            algorithm, new ClaimReader(new(fields)).TextOrNull("kid"), claims, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature);
    }

    // RFC 7515 section 2 omits the padding; tokens of libraries that write it are accepted.
    private static byte[]? Decode(string part)
    {
        var text = part.AsSpan().TrimEnd('=');
        if (part.Length - text.Length > 2) return null;
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_')) return null;
        }

        return Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
    }

    private static JsonElement? ReadObject(byte[] json)
    {
        if (!Utf8.IsValid(json)) return null;
        try
        {
            var element = JsonElement.Parse(json);
            return element.ValueKind == JsonValueKind.Object ? element : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

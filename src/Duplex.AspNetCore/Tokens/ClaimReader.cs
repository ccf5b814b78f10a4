using System.Text;
using System.Text.Json;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Reads single claims.</summary>
internal static class ClaimReader
{
    /// <summary>A claim that is a text; null when it is absent or something else.</summary>
    public static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;

    /// <summary>A claim that is a text or a list of texts.</summary>
    public static IEnumerable<string> Texts(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var claim)) return [];
        if (claim.ValueKind == JsonValueKind.String) return [claim.GetString()!];
        if (claim.ValueKind != JsonValueKind.Array) return [];
        return claim.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);
    }

    /// <summary>A claim that is a time in Unix seconds, possibly with a fraction; null when it is absent. False when it is something else.</summary>
    public static bool TrySeconds(JsonElement claims, string name, out long? seconds)
    {
        seconds = null;
        if (!claims.TryGetProperty(name, out var claim) || claim.ValueKind == JsonValueKind.Null) return true;
        if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out var value)) return false;
        seconds = (long)Math.Clamp(value, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return true;
    }

    /// <summary>Bytes given as JSON under one name or in base64 under another, which goes first. False when the latter is no base64.</summary>
    public static bool TryPayload(JsonElement claims, string name, string base64Name, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        if (Text(claims, base64Name) is { Length: > 0 } text)
        {
            var bytes = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, bytes, out var length)) return false;
            payload = bytes.AsMemory(0, length);
            return true;
        }

        if (claims.TryGetProperty(name, out var claim) && claim.ValueKind != JsonValueKind.Null) payload = Encoding.UTF8.GetBytes(claim.GetRawText());
        return true;
    }

    /// <summary>An option given as an object with a <c>value</c>; null when it is absent.</summary>
    public static bool? Override(JsonElement overrides, string name) =>
        overrides.TryGetProperty(name, out var option) && option.ValueKind == JsonValueKind.Object
        && option.TryGetProperty("value", out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;
}

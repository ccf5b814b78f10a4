using System.Text;
using System.Text.Json;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Reads single claims. Null stands for a claim that is absent, which is how some libraries leave one out.</summary>
internal static class ClaimReader
{
    /// <summary>A claim that is a text; null when it is absent or something else.</summary>
    public static string? Text(JsonElement claims, string name) => TryText(claims, name, out var text) ? text : null;

    /// <summary>A claim that is a text; null when it is absent. False when it is something else.</summary>
    public static bool TryText(JsonElement claims, string name, out string? text)
    {
        text = null;
        if (!TryFind(claims, name, out var claim)) return true;
        if (claim.ValueKind != JsonValueKind.String) return false;
        text = claim.GetString();
        return true;
    }

    /// <summary>A claim that is a text or a list of texts; an empty list when it is absent. False when it is something else.</summary>
    public static bool TryTexts(JsonElement claims, string name, out IReadOnlyList<string> texts)
    {
        texts = [];
        if (!TryFind(claims, name, out var claim)) return true;
        if (claim.ValueKind == JsonValueKind.String)
        {
            texts = [claim.GetString()!];
            return true;
        }

        if (claim.ValueKind != JsonValueKind.Array || claim.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.String)) return false;
        texts = [.. claim.EnumerateArray().Select(static item => item.GetString()!)];
        return true;
    }

    /// <summary>A claim that is a time in Unix seconds, possibly with a fraction; null when it is absent. False when it is something else.</summary>
    public static bool TrySeconds(JsonElement claims, string name, out long? seconds)
    {
        seconds = null;
        if (!TryFind(claims, name, out var claim)) return true;
        if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out var value)) return false;
        seconds = (long)Math.Clamp(value, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return true;
    }

    /// <summary>A claim that is an object; null when it is absent, or an empty list, which is PHP's empty object. False when it is something else.</summary>
    public static bool TryObject(JsonElement claims, string name, out JsonElement? json)
    {
        json = null;
        if (!TryFind(claims, name, out var claim) || IsEmptyList(claim)) return true;
        json = claim;
        return claim.ValueKind == JsonValueKind.Object;
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

        if (TryFind(claims, name, out var claim)) payload = Encoding.UTF8.GetBytes(claim.GetRawText());
        return true;
    }

    /// <summary>An option given as an object with a <c>value</c>; null when it is absent.</summary>
    public static bool? Override(JsonElement overrides, string name) =>
        overrides.TryGetProperty(name, out var option) && option.ValueKind == JsonValueKind.Object
        && option.TryGetProperty("value", out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;

    public static bool IsEmptyList(JsonElement json) => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0;

    private static bool TryFind(JsonElement claims, string name, out JsonElement claim) =>
        claims.TryGetProperty(name, out claim) && claim.ValueKind != JsonValueKind.Null;
}

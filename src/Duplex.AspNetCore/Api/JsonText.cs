using System.Text.Json;
using System.Text.Unicode;

namespace Duplex.AspNetCore.Api;

/// <summary>JSON that is passed on as it was written, and texts of it that are read.</summary>
internal static class JsonText
{
    // Deeper than anything is published; the hub has the limit that counts.
    private const int MaxDepth = 1000;

    /// <summary>How callers' JSON is parsed: several values one after another are the commands of a pipeline.</summary>
    public static JsonReaderOptions Reading { get; } = new() { MaxDepth = MaxDepth, AllowMultipleValues = true };

    /// <summary>Reads a text; false when it holds half of a character (RFC 8259 section 8.2), which no name or value here may.</summary>
    public static bool TryRead(JsonElement json, out string text)
    {
        try
        {
            text = json.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>A member of an object, the last of its name; false when there is none.</summary>
    public static bool TryFind(JsonElement json, string name, out JsonElement member)
    {
        try
        {
            return json.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            // A name with half of a character stands in the way of the search.
            member = default;
            return false;
        }
    }

    /// <summary>The bytes of a value without the white space between its tokens. Nothing is rewritten: halves of characters stay as they are.</summary>
    public static byte[] Compact(ReadOnlySpan<byte> json)
    {
        var compact = new byte[json.Length];
        var (length, isText, isEscaped) = (0, false, false);
        foreach (var b in json)
        {
            if (!isText && b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') continue;
            compact[length++] = b;
            if (isEscaped) isEscaped = false;
            else if (b == '\\') isEscaped = isText;
            else if (b == '"') isText = !isText;
        }

        return compact[..length];
    }

    /// <summary>Whether the bytes are exactly one JSON value in UTF-8.</summary>
    public static bool IsJson(ReadOnlySpan<byte> payload)
    {
        if (!Utf8.IsValid(payload)) return false;
        var json = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!json.Read()) return false;
            json.Skip();
            return !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

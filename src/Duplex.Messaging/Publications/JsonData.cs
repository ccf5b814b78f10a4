using System.Text.Json;
using System.Text.Unicode;

namespace Duplex.Messaging.Publications;

/// <summary>What counts as JSON wherever data comes in, whoever sends it: what is taken can be delivered, stored and read by everybody.</summary>
public static class JsonData
{
    /// <summary>Limit: depth of objects and arrays in published data, whatever message it is part of; deeper data is refused with 107. The default of readers in .NET.</summary>
    public const int MaxDepth = 64;

    /// <summary>Whether the bytes are exactly one JSON value in UTF-8, nested no deeper than <see cref="MaxDepth"/>.</summary>
    public static bool IsJson(ReadOnlySpan<byte> data)
    {
        if (!Utf8.IsValid(data)) return false;
        var json = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = MaxDepth });
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

    /// <summary>The bytes of a value without the white space between its tokens. Nothing is rewritten: halves of characters stay as they are.</summary>
    /// <param name="json">A JSON value; the result for anything else is undefined.</param>
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

        return length == compact.Length ? compact : compact[..length];
    }

    /// <summary>Whether bytes that are JSON are an object.</summary>
    internal static bool IsObject(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
}

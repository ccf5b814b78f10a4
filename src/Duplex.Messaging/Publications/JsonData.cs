using System.Text.Json;
using System.Text.Unicode;

namespace Duplex.Messaging.Publications;

/// <summary>Validates JSON in one way for all inputs, so that accepted data can be delivered, stored and parsed everywhere.</summary>
internal static class JsonData
{
    /// <summary>Limit: depth of objects and arrays in published data, regardless of the message that carries it; deeper data is refused with 107. The default of .NET's JSON readers.</summary>
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

    /// <summary>Removes the white space between the tokens of a JSON value. All other bytes remain unchanged, including unpaired surrogates.</summary>
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

    /// <summary>Whether the bytes of a JSON value are an object.</summary>
    internal static bool IsObject(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
}

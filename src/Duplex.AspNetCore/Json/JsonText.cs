using System.Text.Json;

namespace Duplex.AspNetCore.Json;

/// <summary>Reads JSON of callers, in which half a character may stand anywhere.</summary>
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
}

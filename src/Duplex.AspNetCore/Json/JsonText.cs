using System.Text.Json;

namespace Duplex.AspNetCore.Json;

/// <summary>Reads JSON of callers, in which any string may contain an unpaired surrogate.</summary>
internal static class JsonText
{
    // Deeper than JsonData.MaxDepth, so that the hub refuses data beyond its limit with its own error.
    private const int MaxDepth = 1000;

    /// <summary>The options for parsing callers' JSON: several values in sequence are the commands of a pipeline.</summary>
    public static JsonReaderOptions Reading { get; } = new() { MaxDepth = MaxDepth, AllowMultipleValues = true };

    /// <summary>Reads a string; returns false if it contains an unpaired surrogate (RFC 8259 section 8.2), which no name or value may.</summary>
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

    /// <summary>Finds the last member of an object with a name; returns false if there is none.</summary>
    public static bool TryFind(JsonElement json, string name, out JsonElement member)
    {
        try
        {
            return json.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            // The search throws at a name with an unpaired surrogate.
            member = default;
            return false;
        }
    }
}

using System.Text.Json;
using System.Text.Unicode;

namespace Duplex.Centrifuge.Json;

/// <summary>Payloads that are to be embedded in a message as they stand.</summary>
internal static class JsonPayload
{
    // Deeper than what clients may send, since the application may publish anything; bounded, since clients parse it.
    private const int MaxDepth = 256;

    /// <summary>Whether the bytes are exactly one JSON value.</summary>
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

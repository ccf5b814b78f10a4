using System.Text.Json;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Reads the pace that a client requests in the data of its subscribe command: <c>{"pace":{"delay_ms":250,"latest":true}}</c>.</summary>
internal static class PaceData
{
    /// <summary>The explanation of a malformed pace.</summary>
    public const string Expected = "The member pace of the data is not an object such as {\"delay_ms\":250,\"latest\":true}, with whole milliseconds.";

    /// <summary>Reads the pace; null when the data contains none, because it is empty, not JSON, not an object, or has no such member. Returns false for a malformed pace.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out SubscriptionPace? pace)
    {
        pace = null;
        if (!JsonData.IsObject(data)) return true;
        var json = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = JsonData.MaxDepth });
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isPace = json.ValueTextEquals("pace"u8);
                json.Read();
                if (!isPace) json.Skip();
                else if (json.TokenType != JsonTokenType.Null && !TryReadPace(ref json, out pace)) return false;
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The data is not JSON, or a name contains an unpaired surrogate.
            pace = null;
            return true;
        }
    }

    private static bool TryReadPace(ref Utf8JsonReader json, out SubscriptionPace? pace)
    {
        pace = null;
        if (json.TokenType != JsonTokenType.StartObject) return false;
        int? delay = null;
        var isLatest = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isDelay, isFlag) = (json.ValueTextEquals("delay_ms"u8), json.ValueTextEquals("latest"u8));
            json.Read();
            if (isDelay)
            {
                if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var milliseconds) || milliseconds < 0) return false;
                delay = milliseconds;
            }
            else if (isFlag)
            {
                if (json.TokenType is not (JsonTokenType.True or JsonTokenType.False)) return false;
                isLatest = json.GetBoolean();
            }
            else
            {
                json.Skip();
            }
        }

        if (delay is not { } given) return false;
        pace = new(TimeSpan.FromMilliseconds(given), isLatest);
        return true;
    }
}

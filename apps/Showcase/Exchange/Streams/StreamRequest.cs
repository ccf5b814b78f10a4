using System.Buffers;
using System.Text.Json;

namespace Showcase.Exchange.Streams;

/// <summary>A request of a client of the market streams.</summary>
/// <param name="Id">The id as the client sent it, as JSON.</param>
/// <param name="Method">The method.</param>
/// <param name="Names">The names of streams, for SUBSCRIBE and UNSUBSCRIBE.</param>
/// <param name="IsCombined">The value of the property, for SET_PROPERTY.</param>
internal sealed record StreamRequest(string Id, string Method, string[] Names, bool IsCombined)
{
    private const string NoId = "null", Combined = "combined";
    private const int MaxIdLength = 36;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Parses a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isWellFormed">Returns whether a name is that of a stream.</param>
    /// <param name="maxNames">The maximum number of names.</param>
    /// <param name="request">The request; null when the message is refused.</param>
    /// <param name="error">The refusal.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> message, Func<string, bool> isWellFormed, int maxNames, out StreamRequest? request, out StreamError error)
    {
        request = null;
        try
        {
            var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.Read()) throw new JsonException();
            return TryRead(document.RootElement, isWellFormed, maxNames, out request, out error);
        }
        catch (JsonException)
        {
            error = new StreamError(3, "Invalid JSON: the message is not a JSON object.", NoId);
            return false;
        }
    }

    private static bool TryRead(
        JsonElement root, Func<string, bool> isWellFormed, int maxNames, out StreamRequest? request, out StreamError error)
    {
        request = null;
        if (root.ValueKind != JsonValueKind.Object) return Fail("the request must be an object.", NoId, out error);
        if (!TryReadId(root, out var id)) return Fail("id must be a signed 64-bit integer, a string of at most 36 letters, digits, hyphens and underscores, or null.", NoId, out error);
        if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String) return Fail("method is missing: give its name as a string.", id, out error);
        JsonElement[] parameters = root.TryGetProperty("params", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
        error = default;
        switch (method.GetString())
        {
            case "SUBSCRIBE" or "UNSUBSCRIBE":
                if (parameters.Length == 0) return Fail("params must be an array of names of streams.", id, out error);
                if (parameters.Length > maxNames) return Fail($"too many parameters, at most {maxNames}.", id, out error);
                var names = new string[parameters.Length];
                for (var i = 0; i < names.Length; i++)
                {
                    if (parameters[i].ValueKind != JsonValueKind.String || !isWellFormed(names[i] = parameters[i].GetString()!))
                        return Fail($"invalid stream at position {i} of params.", id, out error);
                }

                request = new StreamRequest(id, method.GetString()!, names, false);
                return true;
            case "LIST_SUBSCRIPTIONS":
                if (parameters.Length > 0) return Fail("too many parameters, LIST_SUBSCRIPTIONS has none.", id, out error);
                request = new StreamRequest(id, "LIST_SUBSCRIPTIONS", [], false);
                return true;
            case "GET_PROPERTY":
                if (!CheckProperty(parameters, 1, id, out error)) return false;
                request = new StreamRequest(id, "GET_PROPERTY", [], false);
                return true;
            case "SET_PROPERTY":
                if (!CheckProperty(parameters, 2, id, out error)) return false;
                if (parameters[1].ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                {
                    error = new StreamError(1, "Invalid value type: expected Boolean", id);
                    return false;
                }

                request = new StreamRequest(id, "SET_PROPERTY", [], parameters[1].GetBoolean());
                return true;
            default:
                return Fail("unknown method: use SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS, SET_PROPERTY or GET_PROPERTY.", id, out error);
        }
    }

    private static bool CheckProperty(JsonElement[] parameters, int count, string id, out StreamError error)
    {
        error = default;
        if (parameters.Length == 0 || parameters[0].ValueKind != JsonValueKind.String) return Fail("property name must be a string.", id, out error);
        if (parameters[0].GetString() != Combined)
        {
            error = new StreamError(0, "Unknown property", id);
            return false;
        }

        if (parameters.Length == count) return true;
        return parameters.Length > count ? Fail("too many parameters.", id, out error) : Fail("the value of the property is missing.", id, out error);
    }

    private static bool TryReadId(JsonElement root, out string id)
    {
        id = NoId;
        if (!root.TryGetProperty("id", out var element)) return true;
        var isValid = element.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Number => element.TryGetInt64(out _),
            JsonValueKind.String => element.GetString() is { Length: > 0 and <= MaxIdLength } text && text.AsSpan().IndexOfAnyExcept(IdCharacters) < 0,
            _ => false,
        };
        if (isValid) id = element.GetRawText();
        return isValid;
    }

    private static bool Fail(string reason, string id, out StreamError error)
    {
        error = new StreamError(2, $"Invalid request: {reason}", id);
        return false;
    }
}

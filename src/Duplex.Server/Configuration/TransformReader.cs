using System.Text.Json;
using Duplex.Messaging.Codes;
using Duplex.Protocol.Closing;
using Duplex.Server.Proxies;

namespace Duplex.Server.Configuration;

/// <summary>Parses objects that map a code or status to an error or disconnect. Returns null for invalid objects and for objects with unknown members.</summary>
internal static class TransformReader
{
    public const string StatusExpected =
        "a list of objects such as {\"status_code\": 404, \"to_error\": {\"code\": 404, \"message\": \"not found\"}}, or with \"to_disconnect\": {\"code\": 4904, \"reason\": \"not found\"},";

    public const string DisconnectExpected = "a list of objects such as {\"code\": 404, \"to\": {\"code\": 4904, \"reason\": \"not found\"}}";

    public static StatusTransform? Status(JsonElement json)
    {
        if (!HasOnly(json, "status_code", "to_error", "to_disconnect") || Number(json, "status_code", 100, 999) is not { } status) return null;
        var (error, disconnect) = (Member(json, "to_error", Error), Member(json, "to_disconnect", Disconnect));
        return (error is null) == (disconnect is null) ? null : new StatusTransform((int)status, error, disconnect);
    }

    public static DisconnectTransform? OneWay(JsonElement json) =>
        HasOnly(json, "code", "to") && Number(json, "code", 1, uint.MaxValue) is { } code && Member(json, "to", Disconnect) is { } to
            ? new DisconnectTransform((uint)code, to)
            : null;

    /// <summary>Parses a disconnect: a code from 3000 to 4999, and a reason that fits in a close frame.</summary>
    public static Disconnect? Disconnect(JsonElement json) =>
        HasOnly(json, "code", "reason") && Number(json, "code", 3000, 4999) is { } code && Text(json, "reason") is { } reason
            ? new Disconnect((ushort)code, reason)
            : null;

    public static T? Member<T>(JsonElement json, string name, Func<JsonElement, T?> read)
        where T : class => json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? read(member) : null;

    public static bool HasOnly(JsonElement json, params ReadOnlySpan<string> names)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (!names.Contains(member.Name)) return false;
        }

        return true;
    }

    public static long? Number(JsonElement json, string name, long min, long max) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number) && number >= min && number <= max
            ? number
            : null;

    public static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value)) return "";
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= ClosePayload.MaxReasonBytes } text && text.All(char.IsAscii) ? text : null;
    }

    // The protocol defines the codes 100 to 399; clients interpret them as it does.
    private static ClientError? Error(JsonElement json)
    {
        if (!HasOnly(json, "code", "message", "temporary") || Number(json, "code", 1, uint.MaxValue) is not { } code || Text(json, "message") is not { } message) return null;
        var isTemporary = json.TryGetProperty("temporary", out var temporary) && temporary.ValueKind == JsonValueKind.True;
        return new ClientError((uint)code, message, isTemporary);
    }
}

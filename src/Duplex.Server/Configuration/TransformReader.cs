using System.Text.Json;
using Duplex.Messaging.Codes;
using Duplex.Protocol.Closing;
using Duplex.Server.Proxies;

namespace Duplex.Server.Configuration;

/// <summary>Reads objects that say what becomes of a code. Null for what is none of them, and for members nobody knows.</summary>
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

    /// <summary>An end of a connection: a code from 3000 to 4999, and a reason that a close frame can hold.</summary>
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

    // 100 to 399 are the protocol's own, and mean to clients what the protocol says.
    private static ClientError? Error(JsonElement json)
    {
        if (!HasOnly(json, "code", "message", "temporary") || Number(json, "code", 1, uint.MaxValue) is not { } code || Text(json, "message") is not { } message) return null;
        var isTemporary = json.TryGetProperty("temporary", out var temporary) && temporary.ValueKind == JsonValueKind.True;
        return new ClientError((uint)code, message, isTemporary);
    }
}

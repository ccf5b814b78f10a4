using System.Runtime.InteropServices;
using System.Text.Json;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.AspNetCore.Api;

/// <summary>Reads a method's arguments. What is missing or of a wrong type is a bad request, said by name.</summary>
internal readonly struct ApiArguments(JsonElement json, CancellationToken cancellationToken)
{
    /// <summary>The arguments of a command that has none.</summary>
    public static JsonElement None { get; } = JsonElement.Parse("{}"u8);

    /// <summary>Is cancelled when the caller has gone.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    public string Required(string name) => Text(name) is { Length: > 0 } value ? value : throw Bad($"{name} is missing");

    public string? Text(string name) => Find(name, JsonValueKind.String) is { } value ? Text(value, name) : null;

    public bool Flag(string name)
    {
        if (!JsonText.TryFind(json, name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.False) return false;
        return value.ValueKind == JsonValueKind.True ? true : throw Bad($"{name} is not a boolean");
    }

    public long Number(string name) =>
        Find(name, JsonValueKind.Number) is not { } value ? 0 : value.TryGetInt64(out var number) ? number : throw Bad($"{name} is not an integer");

    public ulong Unsigned(string name) =>
        Find(name, JsonValueKind.Number) is not { } value ? 0 : value.TryGetUInt64(out var number) ? number : throw Bad($"{name} is not a positive integer");

    public ApiArguments? Object(string name) =>
        Find(name, JsonValueKind.Object) is { } value ? new ApiArguments(value, CancellationToken) : null;

    public IReadOnlyList<JsonElement> List(string name) => Find(name, JsonValueKind.Array) is { } value ? [.. value.EnumerateArray()] : [];

    public IReadOnlyList<string> Texts(string name) =>
        [.. List(name).Select(value => TextOf(value, name))];

    /// <summary>The payload as JSON without white space between tokens, or the bytes of its b64 twin; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Payload(string name)
    {
        if (Text("b64" + name) is { Length: > 0 } encoded)
        {
            var bytes = new byte[encoded.Length];
            return Convert.TryFromBase64String(encoded, bytes, out var count) ? bytes.AsMemory(0, count) : throw Bad($"b64{name} is not base64");
        }

        if (!JsonText.TryFind(json, name, out var value) || value.ValueKind == JsonValueKind.Null) return default;
        return JsonData.Compact(JsonMarshal.GetRawUtf8Value(value));
    }

    /// <summary>The payload, which must be there; its b64 twin may stand for no bytes at all.</summary>
    public ReadOnlyMemory<byte> RequiredPayload(string name)
    {
        var payload = Payload(name);
        return payload.IsEmpty && Text("b64" + name) is null ? throw Bad($"{name} is missing") : payload;
    }

    public IReadOnlyDictionary<string, string>? Tags(string name)
    {
        if (Find(name, JsonValueKind.Object) is not { } value) return null;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in value.EnumerateObject()) tags[NameOf(tag, name)] = TextOf(tag.Value, name);
        return tags;
    }

    public StreamPosition? Position(string name) =>
        Object(name) is { } position ? new StreamPosition(position.Unsigned("offset"), position.Text("epoch") ?? "") : null;

    /// <summary>Unix seconds as a time; null for 0 or when it is left out.</summary>
    public DateTimeOffset? Moment(string name)
    {
        var seconds = Number(name);
        if (seconds == 0) return null;
        return seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw Bad($"{name} is not a time");
    }

    /// <summary>The limit of a page; null for a negative one, which stands for all.</summary>
    public int? Limit() => Number("limit") is >= 0 and var limit ? (int)Math.Min(limit, int.MaxValue) : null;

    private JsonElement? Find(string name, JsonValueKind kind)
    {
        if (!JsonText.TryFind(json, name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == kind ? value : throw Bad($"{name} is not of type {kind}");
    }

    private static string TextOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? Text(value, name) : throw Bad($"{name} holds something else than strings");

    private static string Text(JsonElement value, string name) => JsonText.TryRead(value, out var text) ? text : throw HalfCharacter(name);

    private static string NameOf(JsonProperty member, string name)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw HalfCharacter(name);
        }
    }

    private static ClientException HalfCharacter(string name) => Bad($"{name} holds half of a character (a surrogate without its other half)");

    private static ClientException Bad(string what) => new(ApiRefusal.Bad(what));
}

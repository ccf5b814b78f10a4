using System.Text.Json;
using Duplex.AspNetCore.Json;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.AspNetCore.Api;

/// <summary>Reads a method's arguments. One that is missing or of a wrong type is refused as a bad request that names it.</summary>
internal readonly struct ApiArguments(JsonObject json, CancellationToken cancellationToken)
{
    /// <summary>The arguments of a command that has none.</summary>
    public static JsonElement None { get; } = JsonElement.Parse("{}"u8);

    /// <summary>Is cancelled when the caller has gone.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    public string Required(string name) => Text(name) is { Length: > 0 } value ? value : throw Bad($"{name} is missing");

    public string? Text(string name)
    {
        Check(json.Text(name, out var text));
        return text;
    }

    public bool Flag(string name)
    {
        Check(json.Flag(name, out var flag));
        return flag ?? false;
    }

    public long Number(string name) =>
        FindNumber(name) is not { } value ? 0 : value.TryGetInt64(out var number) ? number : throw Bad($"{name} is not an integer");

    public ulong Unsigned(string name) =>
        FindNumber(name) is not { } value ? 0 : value.TryGetUInt64(out var number) ? number : throw Bad($"{name} is not a positive integer");

    public ApiArguments? Object(string name) => FindObject(name) is { } value ? new ApiArguments(value, CancellationToken) : null;

    public IReadOnlyList<string> Texts(string name)
    {
        Check(json.Texts(name, out var texts));
        return texts;
    }

    /// <summary>The payload as JSON without white space between tokens, or the bytes of its b64 twin; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Payload(string name)
    {
        Check(json.Payload(name, out var payload));
        return payload;
    }

    /// <summary>The payload, which must be there; its b64 twin may stand for no bytes at all.</summary>
    public ReadOnlyMemory<byte> RequiredPayload(string name)
    {
        var payload = Payload(name);
        return payload.IsEmpty && Text("b64" + name) is null ? throw Bad($"{name} is missing") : payload;
    }

    public IReadOnlyDictionary<string, string>? Tags(string name)
    {
        if (FindObject(name) is not { } value) return null;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        Check(value.Members(name, out var members));
        foreach (var (key, tag) in members)
        {
            Check(JsonObject.Text(tag, value.PathOf(key), name, JsonShape.TextItem, out var text));
            tags[key] = text!;
        }

        return tags;
    }

    public StreamPosition? Position(string name) =>
        Object(name) is { } position ? new StreamPosition(position.Unsigned("offset"), position.Text("epoch") ?? "") : null;

    /// <summary>Unix seconds as a time; null for 0 or when it is left out.</summary>
    public DateTimeOffset? Moment(string name)
    {
        var seconds = Number(name);
        if (seconds == 0) return null;
        return seconds > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw Bad($"{name} is not a time");
    }

    /// <summary>The limit of a page; null for a negative one, which stands for all.</summary>
    public int? Limit() => Number("limit") is >= 0 and var limit ? (int)Math.Min(limit, int.MaxValue) : null;

    private JsonElement? FindNumber(string name)
    {
        Check(json.Find(name, out var value));
        return value is { ValueKind: not JsonValueKind.Number } ? throw Bad($"{name} is not of type Number") : value;
    }

    // A caller writes an empty object as one: the empty list of other peers is refused.
    private JsonObject? FindObject(string name)
    {
        Check(json.Object(name, out var value));
        return value is { IsList: true } ? throw Bad($"{name} is not of type Object") : value;
    }

    private static void Check(JsonFault? fault)
    {
        if (fault is { } found) throw Bad(Describe(found));
    }

    private static string Describe(JsonFault fault) => fault.Expected switch
    {
        JsonShape.Text => $"{fault.Name} is not of type String",
        JsonShape.TextItem => $"{fault.Name} holds something else than strings",
        JsonShape.Flag => $"{fault.Name} is not a boolean",
        JsonShape.TextList or JsonShape.ObjectList => $"{fault.Name} is not of type Array",
        JsonShape.Object => $"{fault.Name} is not of type Object",
        JsonShape.Base64 => $"{fault.Name} is not base64",
        _ => $"{(fault.Name.Length == 0 ? "a name" : fault.Name)} holds half of a character (a surrogate without its other half)",
    };

    private static ClientException Bad(string what) => new(ApiRefusal.Bad(what));
}

using System.Text.Json;
using Duplex.AspNetCore.Json;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.AspNetCore.Api;

/// <summary>Reads a method's arguments. A missing argument, or one of the wrong type, is refused with a bad request that names it.</summary>
internal readonly struct ApiArguments(JsonObject json, CancellationToken cancellationToken)
{
    /// <summary>The arguments of a command without arguments.</summary>
    public static JsonElement None { get; } = JsonElement.Parse("{}"u8);

    /// <summary>Cancelled when the caller disconnects.</summary>
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
        FindNumber(name) is not { } value ? 0 : value.TryGetUInt64(out var number) ? number : throw Bad($"{name} is not an integer of at least 0");

    /// <summary>Reads a whole number of at least 0 that must be present.</summary>
    public ulong RequiredNumber(string name) => FindNumber(name) is null ? throw Bad($"{name} is missing") : Unsigned(name);

    public ApiArguments? Object(string name) => FindObject(name) is { } value ? new ApiArguments(value, CancellationToken) : null;

    public IReadOnlyList<string> Texts(string name)
    {
        Check(json.Texts(name, out var texts));
        return texts;
    }

    /// <summary>Reads a payload: JSON without white space between tokens, or the bytes of the argument with the prefix b64; empty if both are absent.</summary>
    public ReadOnlyMemory<byte> Payload(string name)
    {
        Check(json.Payload(name, out var payload));
        return payload;
    }

    /// <summary>Reads a payload that must be present; the argument with the prefix b64 may have no bytes.</summary>
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

    /// <summary>Reads a time in Unix seconds; null if it is 0 or absent.</summary>
    public DateTimeOffset? Moment(string name)
    {
        var seconds = Number(name);
        if (seconds == 0) return null;
        return seconds > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw Bad($"{name} is not a time");
    }

    /// <summary>Reads the limit of a page; null if it is negative, which means no limit.</summary>
    public int? Limit() => Number("limit") is >= 0 and var limit ? (int)Math.Min(limit, int.MaxValue) : null;

    private JsonElement? FindNumber(string name)
    {
        Check(json.Find(name, out var value));
        return value is { ValueKind: not JsonValueKind.Number } ? throw Bad($"{name} is not of type Number") : value;
    }

    // Callers of the server API send an empty object as an object: the empty list that other peers send is refused.
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
        JsonShape.TextItem => $"{fault.Name} contains a value that is not a string",
        JsonShape.Flag => $"{fault.Name} is not a boolean",
        JsonShape.TextList or JsonShape.ObjectList => $"{fault.Name} is not of type Array",
        JsonShape.Object => $"{fault.Name} is not of type Object",
        JsonShape.Base64 => $"{fault.Name} is not base64",
        _ => $"{(fault.Name.Length == 0 ? "a name" : fault.Name)} contains an unpaired surrogate",
    };

    private static ClientException Bad(string what) => new(ApiRefusal.Bad(what));
}

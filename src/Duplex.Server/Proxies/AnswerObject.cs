using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Duplex.AspNetCore.Json;
using Duplex.Messaging.Publications;

namespace Duplex.Server.Proxies;

/// <summary>
/// A JSON object in a backend's response. A null member counts as absent, and an empty list as an empty object, because
/// PHP encodes an empty object as a list. A member of a wrong type throws an <see cref="AnswerFault"/> that names it.
/// </summary>
internal readonly struct AnswerObject
{
    private const int MaxShownLength = 60;

    private readonly JsonObject _json;

    private AnswerObject(JsonObject json) => _json = json;

    /// <summary>Reads the response itself.</summary>
    public static AnswerObject Root(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? new AnswerObject(new JsonObject(json))
        : throw Fault("the answer", "an object such as {\"result\":{}}", json);

    /// <summary>Whether the object was sent as an empty list.</summary>
    public bool IsList => _json.IsList;

    /// <summary>Returns whether the member is present and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Reads a string; empty when it is absent.</summary>
    public string Text(string name)
    {
        Check(_json.Text(name, out var text));
        return text ?? "";
    }

    /// <summary>Reads a boolean; false when it is absent.</summary>
    public bool Flag(string name)
    {
        Check(_json.Flag(name, out var flag));
        return flag ?? false;
    }

    /// <summary>Reads a whole number within inclusive bounds; null when it is absent.</summary>
    public ulong? Number(string name, ulong min = 0, ulong max = ulong.MaxValue)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number) && number >= min && number <= max) return number;
        throw Fault(_json.PathOf(name), $"a whole number from {min} to {max}", value);
    }

    /// <summary>Reads Unix seconds as a time and truncates fractions, as in tokens; null for 0, for seconds beyond the year 9999, or when it is absent.</summary>
    public DateTimeOffset? Moment(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds)) throw Fault(_json.PathOf(name), "Unix seconds as a number, such as 1790000000", value);
        if (seconds == 0 || Math.Floor(seconds) > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return null;
        return seconds < 0 ? DateTimeOffset.UnixEpoch : DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(seconds));
    }

    /// <summary>Reads a payload as JSON, or decodes its base64 member; empty when both are absent.</summary>
    public ReadOnlyMemory<byte> Payload(string name)
    {
        Check(_json.Payload(name, out var payload));
        return payload;
    }

    /// <summary>Reads a payload as <see cref="Payload"/> does; null when it is absent, because empty memory would count as a payload.</summary>
    public ReadOnlyMemory<byte>? Given(string name) => Payload(name) is { IsEmpty: false } payload ? payload : default(ReadOnlyMemory<byte>?);

    /// <summary>Reads an object; null when it is absent.</summary>
    public AnswerObject? Object(string name)
    {
        Check(_json.Object(name, out var value));
        return value is { } given ? new AnswerObject(given) : null;
    }

    /// <summary>The objects by their names that an object holds; none when it is left out. One that is null is empty.</summary>
    public IEnumerable<(string Name, AnswerObject Object)> Objects(string name)
    {
        foreach (var (key, path, value) in MembersOf(name) ?? [])
        {
            if (value.ValueKind != JsonValueKind.Null && !JsonObject.IsObject(value)) throw Fault(path, "an object", value);
            yield return (key, new AnswerObject(new JsonObject(value, path)));
        }
    }

    /// <summary>Reads the members of an object as strings by name; null when it is absent. A null member is an empty string.</summary>
    public Dictionary<string, string>? Texts(string name)
    {
        if (MembersOf(name) is not { } members) return null;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, path, value) in members)
        {
            var text = "";
            if (value.ValueKind != JsonValueKind.Null) Check(JsonObject.Text(value, path, name, JsonShape.TextItem, out text));
            texts[key] = text!;
        }

        return texts;
    }

    /// <summary>Reads a list of strings; empty when it is absent.</summary>
    public IEnumerable<string> TextList(string name)
    {
        Check(_json.Texts(name, out var texts));
        return texts;
    }

    /// <summary>Reads a list of objects; empty when it is absent.</summary>
    public IEnumerable<AnswerObject> ObjectList(string name)
    {
        Check(_json.Objects(name, out var objects));
        return objects.Select(static json => new AnswerObject(json));
    }

    private JsonElement? Find(string name)
    {
        Check(_json.Find(name, out var value));
        return value;
    }

    private IEnumerable<(string Name, string Path, JsonElement Value)>? MembersOf(string name)
    {
        Check(_json.Object(name, out var value));
        if (value is not { } given) return null;
        Check(given.Members(name, out var members));
        return members.Select(member => (member.Name, given.PathOf(member.Name), member.Value));
    }

    private static void Check(JsonFault? fault)
    {
        if (fault is not { } found) return;
        throw found.Expected switch
        {
            JsonShape.Text or JsonShape.TextItem => Fault(found.Path, "a string", found.Value),
            JsonShape.Flag => Fault(found.Path, "true or false", found.Value),
            JsonShape.TextList => Fault(found.Path, "a list of strings", found.Value),
            JsonShape.ObjectList => Fault(found.Path, "a list of objects", found.Value),
            JsonShape.Object => Fault(found.Path, "an object", found.Value),
            JsonShape.Base64 => new AnswerFault($"{found.Path}: base64 is expected."),
            JsonShape.WholeText => new AnswerFault($"{found.Path}: the string contains an unpaired surrogate."),
            _ => new AnswerFault($"{(found.Path.Length == 0 ? "the answer" : found.Path)}: a member name contains an unpaired surrogate."),
        };
    }

    private static AnswerFault Fault(string path, string expected, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var shown = raw.Length <= MaxShownLength ? Encoding.UTF8.GetString(JsonData.Compact(raw)) : $"{value.ValueKind} of {raw.Length} bytes";
        return new AnswerFault($"{path}: {expected} is expected, not {shown}.");
    }
}

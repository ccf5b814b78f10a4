using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Duplex.Messaging.Publications;

namespace Duplex.Server.Proxies;

/// <summary>
/// A JSON object in a backend's response. A null member counts as absent, and an empty list as an empty object, because
/// PHP encodes an empty object as a list. A member of a wrong type throws an <see cref="AnswerFault"/> that names it.
/// </summary>
internal readonly struct AnswerObject
{
    private const double EndOfTime = 253_402_300_800;
    private const int MaxShownLength = 60;

    private readonly JsonElement _json;
    private readonly string _path;

    private AnswerObject(JsonElement json, string path)
    {
        _json = json;
        _path = path;
    }

    /// <summary>Reads the response itself.</summary>
    public static AnswerObject Root(JsonElement json) => Of(json, "") ?? throw Fault("the answer", "an object such as {\"result\":{}}", json);

    /// <summary>Returns whether the member is present and not null.</summary>
    public bool Has(string name) => Member(name) is not null;

    /// <summary>Whether the object was sent as an empty list.</summary>
    public bool IsList => _json.ValueKind == JsonValueKind.Array;

    /// <summary>Reads a string; empty when it is absent.</summary>
    public string Text(string name) => Member(name) is { } value ? TextOf(value, PathOf(name)) : "";

    /// <summary>Reads a boolean; false when it is absent.</summary>
    public bool Flag(string name) => Member(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Fault(PathOf(name), "true or false", value),
    };

    /// <summary>Reads a whole number within inclusive bounds; null when it is absent.</summary>
    public ulong? Number(string name, ulong min = 0, ulong max = ulong.MaxValue)
    {
        if (Member(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number) && number >= min && number <= max) return number;
        throw Fault(PathOf(name), $"a whole number from {min} to {max}", value);
    }

    /// <summary>Reads Unix seconds as a time and truncates fractions, as in tokens; null for 0, for seconds beyond the year 9999, or when it is absent.</summary>
    public DateTimeOffset? Moment(string name)
    {
        if (Member(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds)) throw Fault(PathOf(name), "Unix seconds as a number, such as 1790000000", value);
        if (seconds is 0 or >= EndOfTime) return null;
        return seconds < 0 ? DateTimeOffset.UnixEpoch : DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(seconds));
    }

    /// <summary>Reads a payload as JSON, or decodes its base64 member; empty when both are absent.</summary>
    public ReadOnlyMemory<byte> Payload(string name)
    {
        if (Text("b64" + name) is { Length: > 0 } encoded) return BytesOf(encoded, PathOf("b64" + name));
        return Member(name) is { } value ? JsonOf(value) : default;
    }

    /// <summary>Reads a payload as <see cref="Payload"/> does; null when it is absent, because empty memory would count as a payload.</summary>
    public ReadOnlyMemory<byte>? Given(string name) => Payload(name) is { IsEmpty: false } payload ? payload : default(ReadOnlyMemory<byte>?);

    /// <summary>Reads an object; null when it is absent.</summary>
    public AnswerObject? Object(string name) =>
        Member(name) is { } value ? Of(value, PathOf(name)) ?? throw Fault(PathOf(name), "an object", value) : null;

    /// <summary>Reads the members of an object as objects by name; none when it is absent. A null member is an empty object.</summary>
    public IEnumerable<(string Name, AnswerObject Object)> Objects(string name)
    {
        if (Object(name) is not { } all) yield break;
        foreach (var member in all.Members())
        {
            var path = $"{PathOf(name)}.{member.Name}";
            yield return (member.Name, Of(member.Value, path) ?? throw Fault(path, "an object", member.Value));
        }
    }

    /// <summary>Reads the members of an object as strings by name; null when it is absent. A null member is an empty string.</summary>
    public Dictionary<string, string>? Texts(string name)
    {
        if (Object(name) is not { } all) return null;
        var path = PathOf(name);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in all.Members()) texts[key] = value.ValueKind == JsonValueKind.Null ? "" : TextOf(value, $"{path}.{key}");
        return texts;
    }

    /// <summary>Reads a list of strings; empty when it is absent.</summary>
    public IEnumerable<string> TextList(string name) => List(name, "a list of strings", static (item, path) => TextOf(item, path));

    /// <summary>Reads a list of objects; empty when it is absent.</summary>
    public IEnumerable<AnswerObject> ObjectList(string name) =>
        List(name, "a list of objects", static (item, path) => item.ValueKind == JsonValueKind.Object ? new AnswerObject(item, path) : throw Fault(path, "an object", item));

    private static AnswerObject? Of(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => new AnswerObject(json, path),
        JsonValueKind.Array when path.Length > 0 && json.GetArrayLength() == 0 => new AnswerObject(json, path),
        JsonValueKind.Null when path.Length > 0 => new AnswerObject(json, path),
        _ => null,
    };

    private static string TextOf(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String) throw Fault(path, "a string", value);
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new AnswerFault($"{path}: the string contains an unpaired surrogate.");
        }
    }

    private static byte[] BytesOf(string encoded, string path)
    {
        try
        {
            return Convert.FromBase64String(encoded);
        }
        catch (FormatException)
        {
            throw new AnswerFault($"{path}: base64 is expected.");
        }
    }

    // Line breaks separate messages on the wire, so the JSON is compacted.
    private static byte[] JsonOf(JsonElement value) => JsonData.Compact(JsonMarshal.GetRawUtf8Value(value));

    private static AnswerFault Fault(string path, string expected, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var shown = raw.Length <= MaxShownLength ? Encoding.UTF8.GetString(JsonOf(value)) : $"{value.ValueKind} of {raw.Length} bytes";
        return new AnswerFault($"{path}: {expected} is expected, not {shown}.");
    }

    private AnswerFault HalfName() => new($"{(_path.Length == 0 ? "the answer" : _path)}: a member name contains an unpaired surrogate.");

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private JsonElement? Member(string name)
    {
        if (_json.ValueKind != JsonValueKind.Object) return null;
        try
        {
            return _json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            throw HalfName();
        }
    }

    private IEnumerable<(string Name, JsonElement Value)> Members()
    {
        if (_json.ValueKind != JsonValueKind.Object) return [];
        try
        {
            return [.. _json.EnumerateObject().Select(static member => (member.Name, member.Value))];
        }
        catch (InvalidOperationException)
        {
            throw HalfName();
        }
    }

    private IEnumerable<T> List<T>(string name, string expected, Func<JsonElement, string, T> read)
    {
        if (Member(name) is not { } value) return [];
        var path = PathOf(name);
        if (value.ValueKind != JsonValueKind.Array) throw Fault(path, expected, value);
        return value.EnumerateArray().Select((item, at) => read(item, $"{path}[{at}]"));
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Duplex.Messaging.Publications;

namespace Duplex.AspNetCore.Json;

/// <summary>
/// Reads the members of an object that a caller, an issuer of tokens or a backend sent. A null member counts as absent, and
/// an empty list as an empty object, because PHP encodes empty objects so. The methods return a fault for a member of another
/// shape; each caller words its own message for it.
/// </summary>
internal readonly struct JsonObject(JsonElement json, string path = "")
{
    /// <summary>Whether the object was sent as an empty list.</summary>
    public bool IsList => json.ValueKind == JsonValueKind.Array;

    /// <summary>The path of the object in the document; empty for the document itself.</summary>
    public string Path => path;

    /// <summary>Reads a member of any shape; null if it is absent.</summary>
    public JsonFault? Find(string name, out JsonElement? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Object) return null;
        try
        {
            if (json.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null) value = found;
            return null;
        }
        catch (InvalidOperationException)
        {
            return HalfName("");
        }
    }

    /// <summary>Reads a string; null if it is absent.</summary>
    public JsonFault? Text(string name, out string? text)
    {
        text = null;
        return Find(name, out var value) ?? (value is { } given ? Text(given, PathOf(name), name, JsonShape.Text, out text) : null);
    }

    /// <summary>Reads a boolean; null if it is absent.</summary>
    public JsonFault? Flag(string name, out bool? flag)
    {
        var fault = Find(name, out var value);
        flag = value?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
        return fault ?? (value is { } given && flag is null ? new(PathOf(name), name, JsonShape.Flag, given) : null);
    }

    /// <summary>Reads an object; null if it is absent.</summary>
    public JsonFault? Object(string name, out JsonObject? value)
    {
        value = null;
        if (Find(name, out var found) is { } fault) return fault;
        if (found is not { } given) return null;
        if (!IsObject(given)) return new(PathOf(name), name, JsonShape.Object, given);
        value = new(given, PathOf(name));
        return null;
    }

    /// <summary>Reads all members, including those that are null.</summary>
    /// <param name="name">The object's own name, for the fault.</param>
    /// <param name="members">Receives the members in their order.</param>
    public JsonFault? Members(string name, out IReadOnlyList<(string Name, JsonElement Value)> members)
    {
        members = [];
        if (json.ValueKind != JsonValueKind.Object) return null;
        try
        {
            members = [.. json.EnumerateObject().Select(static member => (member.Name, member.Value))];
            return null;
        }
        catch (InvalidOperationException)
        {
            return HalfName(name);
        }
    }

    /// <summary>Reads a list of strings; empty if it is absent.</summary>
    public JsonFault? Texts(string name, out List<string> texts)
    {
        texts = [];
        if (List(name, JsonShape.TextList, out var items) is { } fault) return fault;
        foreach (var item in items)
        {
            if (Text(item, $"{PathOf(name)}[{texts.Count}]", name, JsonShape.TextItem, out var text) is { } itemFault) return itemFault;
            texts.Add(text!);
        }

        return null;
    }

    /// <summary>Reads a list of objects; empty if it is absent.</summary>
    public JsonFault? Objects(string name, out List<JsonObject> objects)
    {
        objects = [];
        if (List(name, JsonShape.ObjectList, out var items) is { } fault) return fault;
        foreach (var item in items)
        {
            var itemPath = $"{PathOf(name)}[{objects.Count}]";
            if (item.ValueKind != JsonValueKind.Object) return new(itemPath, name, JsonShape.Object, item);
            objects.Add(new(item, itemPath));
        }

        return null;
    }

    /// <summary>Reads a payload: the bytes of the member with the prefix b64, or JSON without white space between tokens; empty if both are absent.</summary>
    public JsonFault? Payload(string name, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        var twin = "b64" + name;
        if (Text(twin, out var encoded) is { } fault) return fault;
        if (encoded is { Length: > 0 })
        {
            var bytes = new byte[encoded.Length];
            if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return new(PathOf(twin), twin, JsonShape.Base64, json);
            payload = bytes.AsMemory(0, length);
            return null;
        }

        if (Find(name, out var value) is { } valueFault) return valueFault;

        // A line break would end a message on the wire.
        if (value is { } given) payload = JsonData.Compact(JsonMarshal.GetRawUtf8Value(given));
        return null;
    }

    /// <summary>Returns the object as JSON without white space between tokens.</summary>
    public ReadOnlyMemory<byte> Compact() => JsonData.Compact(JsonMarshal.GetRawUtf8Value(json));

    /// <summary>Returns whether a value is an object, or the empty list with which PHP encodes an empty object.</summary>
    public static bool IsObject(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    /// <summary>Reads a string from a value.</summary>
    public static JsonFault? Text(JsonElement value, string path, string name, JsonShape shape, out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String) return new(path, name, shape, value);
        if (!JsonText.TryRead(value, out var whole)) return new(path, name, JsonShape.WholeText, value);
        text = whole;
        return null;
    }

    /// <summary>Returns the path of a member.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private JsonFault? List(string name, JsonShape shape, out IReadOnlyList<JsonElement> items)
    {
        items = [];
        if (Find(name, out var value) is { } fault) return fault;
        if (value is not { } given) return null;
        if (given.ValueKind != JsonValueKind.Array) return new(PathOf(name), name, shape, given);
        items = [.. given.EnumerateArray()];
        return null;
    }

    private JsonFault HalfName(string name) => new(path, name, JsonShape.WholeNames, json);
}

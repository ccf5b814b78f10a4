using System.Globalization;
using System.Text.Json;

namespace Duplex.Server.Configuration;

/// <summary>A value before its type is known: JSON from the file, or text from the environment.</summary>
internal readonly struct RawValue
{
    private readonly JsonElement? _json;
    private readonly string _text;

    private RawValue(JsonElement? json, string text)
    {
        _json = json;
        _text = text;
    }

    /// <summary>A value of the file. Texts hold no half of a surrogate pair.</summary>
    public static RawValue OfJson(JsonElement json) => new(json, json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText());

    public static RawValue OfText(string text) => new(null, text);

    public bool? Bool() => _json is { ValueKind: not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.String) }
        ? null
        : _text.ToUpperInvariant() switch
        {
            "TRUE" or "1" => true,
            "FALSE" or "0" => false,
            _ => null,
        };

    public long? Number() =>
        _json is { ValueKind: not (JsonValueKind.Number or JsonValueKind.String) } || !long.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? null
            : number;

    public string? Text() => _json is { ValueKind: not JsonValueKind.String } ? null : _text;

    public TimeSpan? Duration() => Text() is { } text ? DurationText.Parse(text) : null;

    /// <summary>A list of texts; as one text, separated by spaces or commas.</summary>
    public IReadOnlyList<string>? Texts()
    {
        if (Text() is { } text && !IsJson) return text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (Json() is not { } json) return null;
        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) return null;
        return [.. json.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>An object whose members are texts; in the environment, also pairs such as <c>X-Key=secret</c>. Null when a name is there twice.</summary>
    public IReadOnlyDictionary<string, string>? Pairs()
    {
        IReadOnlyList<(string Name, string Value)> pairs;
        if (_json is null && !IsJson)
        {
            var given = _text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=', 2)).ToList();
            if (given.Any(static pair => pair.Length != 2)) return null;
            pairs = [.. given.Select(static pair => (pair[0], pair[1]))];
        }
        else
        {
            if (Json() is not { ValueKind: JsonValueKind.Object } json || json.EnumerateObject().Any(static member => member.Value.ValueKind != JsonValueKind.String)) return null;
            pairs = [.. json.EnumerateObject().Select(static member => (member.Name, member.Value.GetString()!))];
        }

        return pairs.DistinctBy(static pair => pair.Name, StringComparer.OrdinalIgnoreCase).Count() == pairs.Count
            ? pairs.ToDictionary(static pair => pair.Name, static pair => pair.Value)
            : null;
    }

    /// <summary>A list of objects; null when it is none, or one of its objects is read as null. In the environment, JSON.</summary>
    public IReadOnlyList<TItem>? Objects<TItem>(Func<JsonElement, TItem?> read)
        where TItem : class
    {
        if (Json() is not { ValueKind: JsonValueKind.Array } json || json.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.Object)) return null;
        var items = json.EnumerateArray().Select(read).OfType<TItem>().ToList();
        return items.Count == json.GetArrayLength() ? items : null;
    }

    /// <summary>Whether it says nothing: null, or an empty text.</summary>
    public bool IsEmpty => _json is { ValueKind: JsonValueKind.Null } || (_text.Length == 0 && _json is not { ValueKind: not JsonValueKind.String });

    /// <summary>Whether it asks for nothing: false, zero, nothing at all, or an object that says so of itself.</summary>
    public bool IsOff => _json is not { } json ? IsOffText(_text) : IsOffJson(json);

    /// <summary>
    /// Whether one member decides that nothing is asked for: it is missing, off or the text given; in a list, that of each object.
    /// A value that is neither object nor list is that member.
    /// </summary>
    public bool IsOffBy(string member, string off) => _json switch
    {
        { ValueKind: JsonValueKind.Object } json => IsOffBy(json, member, off),
        { ValueKind: JsonValueKind.Array } json => json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object && IsOffBy(item, member, off)),
        _ => Text() is { } text && text == off,
    };

    /// <summary>Whether it is an object with such a member, or no object and so the member itself.</summary>
    public bool Has(string member) => _json is not { ValueKind: JsonValueKind.Object } json || json.TryGetProperty(member, out _);

    /// <summary>As a message shows it.</summary>
    public string Quoted => _json is { } json ? json.GetRawText() : $"\"{_text}\"";

    // JSON in a variable begins with a bracket; no other list or object does.
    private bool IsJson => _json is null && _text.AsSpan().TrimStart() is ['[' or '{', ..];

    private JsonElement? Json()
    {
        if (_json is not null || !IsJson) return _json;
        try
        {
            using var document = JsonDocument.Parse(_text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOffBy(JsonElement json, string member, string off) =>
        !json.TryGetProperty(member, out var value) || IsOffJson(value) || (value.ValueKind == JsonValueKind.String && value.GetString() == off);

    private static bool IsOffText(string text) =>
        text is "" or "[]" or "{}" || text.Equals("false", StringComparison.OrdinalIgnoreCase) || DurationText.Parse(text) == TimeSpan.Zero;

    private static bool IsOffJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.False or JsonValueKind.Null => true,
        JsonValueKind.String => IsOffText(json.GetString()!),
        JsonValueKind.Number => json.TryGetDouble(out var number) && number == 0,
        JsonValueKind.Array => json.EnumerateArray().All(IsOffJson),
        JsonValueKind.Object when json.TryGetProperty("enabled", out var enabled) => IsOffJson(enabled),
        JsonValueKind.Object => json.EnumerateObject().All(static member => IsOffJson(member.Value)),
        _ => false,
    };

    public override string ToString() => _json is { } json ? json.GetRawText() : _text;
}

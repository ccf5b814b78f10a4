using System.Globalization;
using System.Text.Json;

namespace Duplex.Server.Configuration;

/// <summary>An untyped value: JSON from the file, or text from the environment.</summary>
internal readonly struct RawValue
{
    private readonly JsonElement? _json;
    private readonly string _text;

    private RawValue(JsonElement? json, string text)
    {
        _json = json;
        _text = text;
    }

    /// <summary>Wraps a value of the file. Its strings contain no unpaired surrogates.</summary>
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

    /// <summary>Reads a list of strings; a single string is split at spaces and commas.</summary>
    public IReadOnlyList<string>? Texts()
    {
        if (Text() is { } text && !IsJson) return text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (Json() is not { } json) return null;
        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) return null;
        return [.. json.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>Reads an object of strings, or, from the environment, pairs such as <c>X-Key=secret</c>; null when a name appears twice.</summary>
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

    /// <summary>Reads a list of objects, as JSON also from the environment; null when it is not a list of objects or one of them is invalid.</summary>
    public IReadOnlyList<TItem>? Objects<TItem>(Func<JsonElement, TItem?> read)
        where TItem : class
    {
        if (Json() is not { ValueKind: JsonValueKind.Array } json || json.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.Object)) return null;
        var items = json.EnumerateArray().Select(read).OfType<TItem>().ToList();
        return items.Count == json.GetArrayLength() ? items : null;
    }

    /// <summary>Whether the value is null or an empty string.</summary>
    public bool IsEmpty => _json is { ValueKind: JsonValueKind.Null } || (_text.Length == 0 && _json is not { ValueKind: not JsonValueKind.String });

    /// <summary>Whether the value disables a feature: false, zero, null, an empty string or list, or an object that is disabled or whose members all are off.</summary>
    public bool IsOff => _json is not { } json ? IsOffText(_text) : IsOffJson(json);

    /// <summary>
    /// Returns whether one member disables the value: the member is missing, off or equal to <paramref name="off"/>. In a list,
    /// this must hold for each object. A value that is neither object nor list counts as the member itself.
    /// </summary>
    public bool IsOffBy(string member, string off) => _json switch
    {
        { ValueKind: JsonValueKind.Object } json => IsOffBy(json, member, off),
        { ValueKind: JsonValueKind.Array } json => json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object && IsOffBy(item, member, off)),
        _ => Text() is { } text && text == off,
    };

    /// <summary>Returns whether the value is an object with the member, or not an object and thus the member itself.</summary>
    public bool Has(string member) => _json is not { ValueKind: JsonValueKind.Object } json || json.TryGetProperty(member, out _);

    /// <summary>The value as messages quote it.</summary>
    public string Quoted => _json is { } json ? json.GetRawText() : $"\"{_text}\"";

    // JSON in a variable begins with a bracket or brace; the other forms of lists and objects do not.
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

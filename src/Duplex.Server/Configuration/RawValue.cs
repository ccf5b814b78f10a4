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

    public static RawValue OfJson(JsonElement json) => new(json, json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText());

    public static RawValue OfText(string text) => new(null, text);

    public bool? Bool() => _json is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) }
        ? null
        : _text switch
        {
            "true" or "1" => true,
            "false" or "0" or "" => false,
            _ => null,
        };

    public long? Number() =>
        _json is { ValueKind: not JsonValueKind.Number } || !long.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? null
            : number;

    public string? Text() => _json is { ValueKind: not JsonValueKind.String } ? null : _text;

    public TimeSpan? Duration() => Text() is { } text ? DurationText.Parse(text) : null;

    public IReadOnlyList<string>? Texts()
    {
        if (_json is not { } json) return _text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) return null;
        return [.. json.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>An object whose members are texts; in the environment, pairs such as <c>X-Key=secret</c>.</summary>
    public IReadOnlyDictionary<string, string>? Pairs()
    {
        if (_json is not { } json)
        {
            var pairs = Texts()!.Select(static pair => pair.Split('=', 2)).ToList();
            return pairs.All(static pair => pair.Length == 2) ? pairs.ToDictionary(static pair => pair[0], static pair => pair[1]) : null;
        }

        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Any(static member => member.Value.ValueKind != JsonValueKind.String)) return null;
        return json.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value.GetString()!);
    }

    /// <summary>A list of objects; null when it is none, or one of its objects is read as null.</summary>
    public IReadOnlyList<TItem>? Objects<TItem>(Func<JsonElement, TItem?> read)
        where TItem : class
    {
        if (_json is not { } json)
        {
            try
            {
                using var document = JsonDocument.Parse(_text);
                return OfJson(document.RootElement).Objects(read);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.Object)) return null;
        var items = json.EnumerateArray().Select(read).OfType<TItem>().ToList();
        return items.Count == json.GetArrayLength() ? items : null;
    }

    /// <summary>Whether it asks for nothing: false, zero, nothing at all, or an object that says so of itself.</summary>
    public bool IsOff => _json is not { } json ? _text is "" or "0" or "false" : IsOffJson(json);

    /// <summary>As a message shows it.</summary>
    public string Quoted => _json is { } json ? json.GetRawText() : $"\"{_text}\"";

    private static bool IsOffJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.False or JsonValueKind.Null => true,
        JsonValueKind.String => json.GetString() is "",
        JsonValueKind.Number => json.GetRawText() == "0",
        JsonValueKind.Array => json.GetArrayLength() == 0,
        JsonValueKind.Object when json.TryGetProperty("enabled", out var enabled) => enabled.ValueKind == JsonValueKind.False,
        JsonValueKind.Object => json.EnumerateObject().All(static member => IsOffJson(member.Value)),
        _ => false,
    };

    public override string ToString() => _json is { } json ? json.GetRawText() : _text;
}

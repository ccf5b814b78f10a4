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

    public override string ToString() => _json is { } json ? json.GetRawText() : _text;
}

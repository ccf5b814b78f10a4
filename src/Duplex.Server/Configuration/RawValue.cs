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

    public override string ToString() => _json is { } json ? json.GetRawText() : _text;
}

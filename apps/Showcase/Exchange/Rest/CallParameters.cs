using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Showcase.Exchange.Candles;

namespace Showcase.Exchange.Rest;

/// <summary>The parameters of a call. A member that reads one throws <see cref="RestException"/> when it is not valid.</summary>
internal sealed partial class CallParameters
{
    private const int MaxSymbols = 200;
    private const string SymbolRange = "^[A-Z0-9-_.]{1,20}$", NumberRange = "^[0-9]{1,20}$";
    private const string SymbolsRange = "^\\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\\]$";
    private const long FirstMicrosecond = 100_000_000_000_000;

    private readonly Dictionary<string, string> _values = [];
    private readonly HashSet<string> _duplicates = [];
    private int _sent;

    public CallParameters(IEnumerable<(string Name, string Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            _sent++;
            if (!_values.TryAdd(name, value)) _duplicates.Add(name);
        }
    }

    /// <summary>Returns whether a parameter was sent.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Throws when a parameter was sent twice, is empty or is none of the call.</summary>
    public void CheckNames(IReadOnlyCollection<string> known)
    {
        if (_duplicates.Count > 0) throw new RestException(-1101, $"Duplicate values for parameter '{_duplicates.First()}' detected.");
        var read = _values.Keys.Count(known.Contains);
        if (read < _sent) throw new RestException(-1104, $"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{_sent}'.");
        foreach (var (name, value) in _values)
            if (value.Length == 0) throw new RestException(-1105, $"Parameter '{name}' was empty.");
    }

    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>Returns one of several values; the first one when the parameter was not sent.</summary>
    public string OneOf(string name, params ReadOnlySpan<string> values)
    {
        if (Text(name) is not { } text) return values[0];
        foreach (var value in values)
            if (value == text) return text;
        throw RestException.Invalid(name);
    }

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw RestException.Illegal(name, "^(true|false)$"),
    };

    public string Symbol() => SymbolOrNull() ?? throw RestException.Missing("symbol");

    public string? SymbolOrNull()
    {
        if (Text("symbol") is not { } symbol) return null;
        return SymbolPattern().IsMatch(symbol) ? symbol : throw RestException.Illegal("symbol", SymbolRange);
    }

    /// <summary>Returns the symbols of <c>symbol</c> or <c>symbols</c>; null when neither was sent.</summary>
    public string[]? Symbols()
    {
        if (Has("symbol") && Has("symbols")) throw RestException.Combination();
        if (SymbolOrNull() is { } symbol) return [symbol];
        if (Text("symbols") is not { } text) return null;
        string[]? symbols = null;
        try
        {
            using var document = JsonDocument.Parse(text);
            symbols = [.. document.RootElement.EnumerateArray().Select(static element => element.GetString()!)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not an array of strings.
        }

        if (symbols is null || !Array.TrueForAll(symbols, static symbol => symbol is not null && SymbolPattern().IsMatch(symbol))) throw RestException.Illegal("symbols", SymbolsRange);
        if (symbols.Length is 0 or > MaxSymbols) throw RestException.Invalid("symbols");
        return symbols.Distinct().Count() == symbols.Length ? symbols : throw RestException.Invalid("symbols");
    }

    public long? Number(string name)
    {
        if (Text(name) is not { } text) return null;
        if (text.Length > 20 || text.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0) throw RestException.Illegal(name, NumberRange);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw RestException.Invalid(name);
    }

    /// <summary>Returns the limit; a larger one than the maximum is the maximum.</summary>
    public int Limit(int absent, int most) => Number("limit") switch
    {
        null => absent,
        0 => throw RestException.Invalid("limit"),
        { } limit => (int)Math.Min(limit, most),
    };

    /// <summary>Returns a time in milliseconds; it may be sent in microseconds.</summary>
    public long? Time(string name) => Number(name) is { } time ? time >= FirstMicrosecond ? time / 1000 : time : null;

    /// <summary>Returns an interval with its borders in the time zone.</summary>
    public CandleInterval Interval()
    {
        var name = Text("interval") ?? throw RestException.Missing("interval");
        var interval = CandleInterval.Find(name) ?? throw new RestException(-1120, "Invalid interval.");
        return interval with { Offset = TimeZone() };
    }

    /// <summary>Returns the offset of the time zone in milliseconds, from -12:00 to +14:00; 0 when it was not sent.</summary>
    public long TimeZone()
    {
        if (Text("timeZone") is not { } text) return 0;
        var match = ZonePattern().Match(text);
        if (!match.Success) throw RestException.Illegal("timeZone", "^[+-]?[0-9]{1,2}(:[0-9]{2})?$");
        var minutes = (60 * Value(match.Groups[2])) + (match.Groups[3].Success ? Value(match.Groups[3]) : 0);
        if (match.Groups[1].Value == "-") minutes = -minutes;
        return minutes is >= -12 * 60 and <= 14 * 60 && minutes % 15 == 0 ? minutes * 60_000L : throw RestException.Invalid("timeZone");

        static int Value(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Returns a window in minutes: 1m to 59m, 1h to 23h or 1d to 7d. A day when it was not sent.</summary>
    public int Window()
    {
        if (Text("windowSize") is not { } text) return 24 * 60;
        var match = WindowPattern().Match(text);
        if (!match.Success) throw RestException.Invalid("windowSize");
        var count = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "m" when count is >= 1 and <= 59 => count,
            "h" when count is >= 1 and <= 23 => count * 60,
            "d" when count is >= 1 and <= 7 => count * 24 * 60,
            _ => throw RestException.Invalid("windowSize"),
        };
    }

    [GeneratedRegex("^[A-Z0-9-_.]{1,20}$")]
    private static partial Regex SymbolPattern();

    [GeneratedRegex("^([+-]?)([0-9]{1,2})(?::([0-9]{2}))?$")]
    private static partial Regex ZonePattern();

    [GeneratedRegex("^([0-9]{1,2})([mhd])$")]
    private static partial Regex WindowPattern();
}

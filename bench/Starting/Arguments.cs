using System.Globalization;

namespace Starting;

/// <summary>Options of a command line, each with a name and a value.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Parses the options with these names.</summary>
    /// <exception cref="UsageException">An option is unknown, is given twice or has no value.</exception>
    public Arguments(ReadOnlySpan<string> args, params string[] names)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!names.Contains(args[i])) throw new UsageException($"{args[i]} is no option; --help lists them.");
            if (i + 1 == args.Length) throw new UsageException($"{args[i]} has no value; --help lists the options.");
            if (!_values.TryAdd(args[i], args[i + 1])) throw new UsageException($"{args[i]} is given twice.");
        }
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>Returns one of the allowed values; the first is the default.</summary>
    public string OneOf(string name, params string[] allowed)
    {
        var value = Text(name) ?? allowed[0];
        return allowed.Contains(value) ? value : throw new UsageException($"{name} is one of {string.Join(", ", allowed)}, not \"{value}\".");
    }

    public int Number(string name, int otherwise, int min, int max = int.MaxValue)
    {
        if (Text(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new UsageException($"{name} is a whole number from {min} to {max}, not \"{text}\".");
    }

    /// <summary>Returns a time in seconds, at most one day.</summary>
    public TimeSpan Seconds(string name, TimeSpan otherwise)
    {
        const int Most = 86_400;
        if (Text(name) is not { } text) return otherwise;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= Most
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{name} is a number of seconds from 0 to {Most}, not \"{text}\".");
    }
}

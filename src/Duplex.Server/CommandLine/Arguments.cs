using System.Globalization;

namespace Duplex.Server.CommandLine;

/// <summary>The flags of a command: <c>--name value</c> or <c>--name=value</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Arguments() { }

    /// <summary>Parses flags; only the given names are valid.</summary>
    /// <exception cref="UsageException">A flag is unknown, given twice or without a value.</exception>
    public static Arguments Parse(ReadOnlySpan<string> args, params string[] names)
    {
        var arguments = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            if (!names.Contains(name)) throw new UsageException($"Unknown option {name}. Valid options: {string.Join(", ", names)}.");
            if (equals < 0 && ++i == args.Length) throw new UsageException($"{name} needs a value.");
            var value = equals < 0 ? args[i] : args[i][(equals + 1)..];
            if (!arguments._values.TryAdd(name, value)) throw new UsageException($"{name} is given twice.");
        }

        return arguments;
    }

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public int? Number(string name, int min, int max)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        throw new UsageException($"{name} must be a whole number from {min} to {max}, not \"{text}\".");
    }
}

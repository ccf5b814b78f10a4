using System.Globalization;

namespace Duplex.Server.Configuration;

/// <summary>Parses and formats the durations of configurations: numbers with units, such as <c>300s</c>, <c>1h30m</c> or <c>500ms</c>.</summary>
internal static class DurationText
{
    /// <summary>Parses a duration; returns null when the text is not one or exceeds 36,500 days.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text == "0") return TimeSpan.Zero;
        var rest = text.AsSpan();
        if (rest.IsEmpty) return null;
        double milliseconds = 0;
        while (!rest.IsEmpty)
        {
            var digits = Run(rest, isNumber: true);
            if (!double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
            rest = rest[digits..];
            var letters = Run(rest, isNumber: false);
            if (MillisecondsOf(rest[..letters]) is not { } factor) return null;
            milliseconds += number * factor;
            rest = rest[letters..];
        }

        return milliseconds <= TimeSpan.FromDays(36500).TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    /// <summary>Formats a duration with the largest of the units h, s and ms that divides it.</summary>
    public static string Write(TimeSpan duration) => duration switch
    {
        _ when duration.Ticks > 0 && duration.Ticks % TimeSpan.TicksPerHour == 0 => $"{duration.Ticks / TimeSpan.TicksPerHour}h",
        _ when duration.Ticks % TimeSpan.TicksPerSecond == 0 => $"{duration.Ticks / TimeSpan.TicksPerSecond}s",
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds}ms"),
    };

    private static int Run(ReadOnlySpan<char> text, bool isNumber)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '.') == isNumber) length++;
        return length;
    }

    private static double? MillisecondsOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1e-6,
        "us" or "\u00b5s" or "\u03bcs" => 1e-3,
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => null,
    };
}

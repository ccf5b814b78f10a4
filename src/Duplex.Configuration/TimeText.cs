using System.Globalization;

namespace Duplex.Configuration;

/// <summary>Times as messages and documentation show them.</summary>
internal static class TimeText
{
    /// <summary>Returns the constant format, which configuration accepts, without trailing zeros: "00:00:00.001".</summary>
    public static string Constant(TimeSpan time)
    {
        var text = time.ToString("c", CultureInfo.InvariantCulture);
        return time.Ticks % TimeSpan.TicksPerSecond == 0 ? text : text.TrimEnd('0');
    }

    /// <summary>Returns a number with the greatest unit that leaves it at 1 or more: "30 days", "1 hour", "2 min", "500 ms".</summary>
    public static string WithUnit(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => Text(time.TotalDays, "days"),
        { TotalHours: 1 } => "1 hour",
        { TotalHours: > 1 } => Text(time.TotalHours, "hours"),
        { TotalMinutes: >= 2 } => Text(time.TotalMinutes, "min"),
        { TotalSeconds: > 0 and < 1 } => Text(time.TotalMilliseconds, "ms"),
        _ => Text(time.TotalSeconds, "s"),
    };

    private static string Text(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0.##} {unit}");
}

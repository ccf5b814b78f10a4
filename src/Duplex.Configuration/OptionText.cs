using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Duplex.Configuration;

/// <summary>Values of options as configuration writes them.</summary>
internal static class OptionText
{
    public static bool IsKnown(Type type) => type.IsEnum || type == typeof(string) || type == typeof(int) || type == typeof(bool)
        || type == typeof(TimeSpan) || type == typeof(DateTimeOffset) || type == typeof(Uri);

    /// <summary>The valid values of a type, after "it must be".</summary>
    public static string Expected(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time such as 00:00:25",
        _ when type == typeof(DateTimeOffset) => "a date and time such as 2030-01-31T00:00:00Z",
        _ => "an absolute address",
    };

    public static bool TryParse(Type type, string text, [NotNullWhen(true)] out object? value)
    {
        value = type switch
        {
            { IsEnum: true } => Enum.TryParse(type, text, ignoreCase: true, out var choice) && Enum.IsDefined(type, choice!) ? choice : null,
            _ when type == typeof(string) => text,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(bool) => bool.TryParse(text, out var claim) ? claim : null,
            // A bare number would be days.
            _ when type == typeof(TimeSpan) => text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null,
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null,
            _ => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null,
        };
        return value is not null;
    }
}

using System.Globalization;

namespace Duplex.Messaging.Reporting;

/// <summary>Makes texts of clients fit for a log, which is read line by line.</summary>
internal static class LogText
{
    /// <summary>Limit: characters of a client's text in a log entry; the rest is left out.</summary>
    private const int MaxLength = 200;

    /// <summary>The text with a question mark in place of what is no letter to a terminal or a reader of lines, cut to 200 characters.</summary>
    public static string Of(string text)
    {
        if (text.Length <= MaxLength && !text.Any(IsUnfit)) return text;
        return string.Create(Math.Min(text.Length, MaxLength), text, static (shown, text) =>
        {
            for (var i = 0; i < shown.Length; i++) shown[i] = IsUnfit(text[i]) ? '?' : text[i];
        });
    }

    // Format characters turn the direction of writing; the two separators break lines.
    private static bool IsUnfit(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

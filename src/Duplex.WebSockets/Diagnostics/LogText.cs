using System.Globalization;

namespace Duplex.WebSockets.Diagnostics;

/// <summary>Makes texts of peers fit for a log, which is read line by line.</summary>
internal static class LogText
{
    /// <summary>Limit: characters of a peer's text in a log entry; the rest is left out.</summary>
    private const int MaxLength = 200;

    /// <summary>
    /// The text with a question mark in place of each character that is no letter to a terminal or a reader of lines, and with
    /// an ellipsis after 200 characters; empty for null.
    /// </summary>
    /// <param name="text">What a peer sent.</param>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text.Length > MaxLength) text = string.Concat(text.AsSpan(0, MaxLength), "...");
        return text.Any(IsUnfit) ? string.Concat(text.Select(static letter => IsUnfit(letter) ? '?' : letter)) : text;
    }

    // Format characters turn the direction of writing, the two separators break lines, and half of a surrogate pair is none.
    private static bool IsUnfit(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate;
}

using System.Globalization;
using System.Text;

namespace Duplex.Execution;

/// <summary>Sanitizes text of peers for line-based logs.</summary>
internal static class LogText
{
    /// <summary>Limit: characters of a peer's text in a log entry; an ellipsis stands for the rest.</summary>
    private const int MaxLength = 200;

    /// <summary>
    /// Returns the text with a question mark in place of each character that could break a line or control a terminal, and
    /// with an ellipsis after 200 characters; an empty string for null.
    /// </summary>
    /// <param name="text">The text of a peer.</param>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var rest = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        var shown = new StringBuilder(rest.Length);
        while (!rest.IsEmpty)
        {
            // Half of a surrogate pair is not a character.
            var isWhole = Rune.DecodeFromUtf16(rest, out var letter, out var length) == System.Buffers.OperationStatus.Done;
            if (isWhole && !IsUnfit(letter)) shown.Append(rest[..length]);
            else shown.Append('?');
            rest = rest[length..];
        }

        return text.Length > MaxLength ? shown.Append("...").ToString() : shown.ToString();
    }

    // Format characters change the writing direction; the two separators break lines.
    private static bool IsUnfit(Rune letter) => Rune.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

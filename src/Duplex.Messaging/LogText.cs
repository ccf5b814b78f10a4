namespace Duplex.Messaging;

/// <summary>Makes texts of clients fit for a log, which is read line by line.</summary>
internal static class LogText
{
    private const int MaxLength = 200;

    /// <summary>The text with a question mark in place of each control character, cut to 200 characters.</summary>
    public static string Of(string text)
    {
        if (text.Length <= MaxLength && !text.Any(char.IsControl)) return text;
        return string.Create(Math.Min(text.Length, MaxLength), text, static (shown, text) =>
        {
            for (var i = 0; i < shown.Length; i++) shown[i] = char.IsControl(text[i]) ? '?' : text[i];
        });
    }
}

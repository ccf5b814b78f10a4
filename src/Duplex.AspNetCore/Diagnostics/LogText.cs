namespace Duplex.AspNetCore.Diagnostics;

/// <summary>Text of a peer as a log may hold it: short, and without characters that end a line or steer a terminal.</summary>
internal static class LogText
{
    private const int MaxLength = 100;

    /// <summary>Visible ASCII and spaces as they are, everything else as a question mark, cut where it is long.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var length = Math.Min(text.Length, MaxLength);
        return string.Create(length, text, static (shown, text) =>
        {
            for (var i = 0; i < shown.Length; i++) shown[i] = text[i] is >= ' ' and <= '~' ? text[i] : '?';
        });
    }
}

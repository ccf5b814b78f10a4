using System.Globalization;

namespace Duplex.Messaging.Maps;

/// <summary>A place between two entries, as text: the score and key of the one before it.</summary>
internal static class MapCursor
{
    private const char Separator = ':';

    public static string After(MapEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Publication.Score}{Separator}{entry.Key}");

    public static bool TryParse(string cursor, out long score, out string key)
    {
        var separator = cursor.IndexOf(Separator, StringComparison.Ordinal);
        key = separator < 0 ? "" : cursor[(separator + 1)..];
        score = 0;
        return separator > 0 && long.TryParse(cursor.AsSpan(0, separator), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out score);
    }
}

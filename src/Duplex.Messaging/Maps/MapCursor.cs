using System.Globalization;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Maps;

/// <summary>A position between two entries, as text: the score and key of the entry before it.</summary>
internal static class MapCursor
{
    private const char Separator = ':';

    public static string After(MapEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Publication.Score}{Separator}{entry.Key}");

    /// <summary>Parses a cursor that a page returned. The empty cursor is the start.</summary>
    /// <exception cref="ClientException">Bad request: the cursor is not one returned with a page.</exception>
    public static (long Score, string Key) Parse(string cursor) => cursor.Length == 0 ? (0, "")
        : TryParse(cursor, out var score, out var key) ? (score, key)
        : throw new ClientException(ClientErrors.BadRequest with { Message = "bad request: the cursor was not returned with a page" });

    private static bool TryParse(string cursor, out long score, out string key)
    {
        var separator = cursor.IndexOf(Separator, StringComparison.Ordinal);
        key = separator < 0 ? "" : cursor[(separator + 1)..];
        score = 0;
        return separator > 0 && long.TryParse(cursor.AsSpan(0, separator), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out score);
    }
}

namespace Showcase.Exchange.PublicData;

/// <summary>Parses a query string in which a plus sign is a plus sign, as in the time zone <c>+08:00</c>.</summary>
internal static class RawQuery
{
    /// <summary>Returns the names and values in their order. A part without an equals sign has an empty value.</summary>
    public static IEnumerable<(string Name, string Value)> Parse(string query)
    {
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? (Uri.UnescapeDataString(part), "")
                : (Uri.UnescapeDataString(part[..equals]), Uri.UnescapeDataString(part[(equals + 1)..]));
        }
    }

    /// <summary>Returns the first value of a name; empty when there is none.</summary>
    public static string ValueOf(string query, string name) => Parse(query).FirstOrDefault(pair => pair.Name == name).Value ?? "";
}

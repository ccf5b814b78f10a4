namespace Duplex.Server.Configuration;

/// <summary>Reports unknown option names and suggests similar ones.</summary>
internal static class Suggestion
{
    private const int MaxDistance = 3;

    /// <summary>Returns the message for an unknown name.</summary>
    public static string Unknown(string name, IEnumerable<string> known) =>
        Nearest(name, known) is { } nearest ? $"{name}: unknown option; did you mean {nearest}?" : $"{name}: unknown option.";

    /// <summary>Returns the most similar known name; null: there is none.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var (section, last) = Split(name);
        var all = known.ToHashSet(StringComparer.Ordinal);
        if (all.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } same) return same;
        if (section.Length == 0 && OlderName.Today.TryGetValue(last, out var today)) return today;
        if (OlderName.OfNamespace.TryGetValue(last, out today) && all.Contains(section + today)) return section + today;
        if (section.Length == 0 && OlderName.WithoutNamespaceOf(last, all) is { } own) return own;
        if (OlderName.IsGone(section, last)) return null;
        return ByWords(section, last, all) ?? ByLetters(name, all);
    }

    // Matches names with underscores for dots, such as "client_channel_limit", or with part of the path omitted, such as "api_key".
    private static string? ByWords(string section, string last, HashSet<string> known)
    {
        var words = Words(last);
        return known
            .Where(candidate => section.Length > 0 ? candidate.StartsWith(section, StringComparison.Ordinal) : !candidate.Contains('['))
            .Select(candidate => (Candidate: candidate, Words: Words(candidate[section.Length..])))
            .Where(pair => pair.Words.Length > words.Length - 1 && words.All(pair.Words.Contains) && pair.Words[^1] == words[^1])
            .OrderBy(pair => pair.Words.Length)
            .ThenBy(pair => pair.Candidate.Length)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    private static string? ByLetters(string name, HashSet<string> known)
    {
        if (known.Count == 0) return null;
        var (nearest, distance) = known.Select(candidate => (candidate, Distance(name, candidate))).MinBy(pair => pair.Item2);
        return distance <= Math.Min(MaxDistance, Split(name).Last.Length / 2) ? nearest : null;
    }

    private static string[] Words(string name) => name.Split('.', '_');

    private static (string Section, string Last) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        return (name[..(dot + 1)], name[(dot + 1)..]);
    }

    // The Levenshtein distance: the fewest letters to insert, remove or replace.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}

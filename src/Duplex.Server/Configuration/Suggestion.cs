namespace Duplex.Server.Configuration;

/// <summary>Says that a name is unknown, and which one may be meant.</summary>
internal static class Suggestion
{
    private const int MaxDistance = 3;

    /// <summary>The sentence about a name that no option has.</summary>
    public static string Unknown(string name, IEnumerable<string> known) =>
        Nearest(name, known) is { } nearest ? $"{name}: unknown option; did you mean {nearest}?" : $"{name}: unknown option.";

    /// <summary>The name that is meant, as far as one can see; null: none.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var (place, last) = Split(name);
        var all = known.ToHashSet(StringComparer.Ordinal);
        if (all.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } same) return same;
        if (place.Length == 0 && OlderName.Today.TryGetValue(last, out var today)) return today;
        if (OlderName.OfNamespace.TryGetValue(last, out today) && all.Contains(place + today)) return place + today;
        if (place.Length == 0 && OlderName.WithoutNamespaceOf(last, all) is { } own) return own;
        if (OlderName.IsGone(place, last)) return null;
        return ByWords(place, last, all) ?? ByLetters(name, all);
    }

    // A name with underscores for dots, as in "client_channel_limit", or with part of its path left out, as in "api_key".
    private static string? ByWords(string place, string last, HashSet<string> known)
    {
        var words = Words(last);
        return known
            .Where(candidate => place.Length > 0 ? candidate.StartsWith(place, StringComparison.Ordinal) : !candidate.Contains('['))
            .Select(candidate => (Candidate: candidate, Words: Words(candidate[place.Length..])))
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

    private static (string Place, string Last) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        return (name[..(dot + 1)], name[(dot + 1)..]);
    }

    // Levenshtein's: the fewest letters to insert, remove or replace.
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

namespace Duplex.Server.Configuration;

/// <summary>Says that a name is unknown, and which one may be meant.</summary>
internal static class Suggestion
{
    public static string Unknown(string name, IEnumerable<string> known)
    {
        var (nearest, distance) = known.Select(candidate => (candidate, Distance(name, candidate))).MinBy(pair => pair.Item2);
        return distance <= 3 ? $"{name}: unknown option; did you mean {nearest}?" : $"{name}: unknown option.";
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

using System.Globalization;
using Showcase.News.Stories;

namespace Showcase.News.Feeds;

/// <summary>A feed that the operator has chosen.</summary>
/// <param name="Id">The id of the source.</param>
/// <param name="Name">The name.</param>
/// <param name="Topic">The topic of stories without one.</param>
/// <param name="Address">The address.</param>
internal sealed record FeedSource(string Id, string Name, string Topic, Uri Address)
{
    private const int MaxFeeds = 100, MaxName = 60, Fields = 3;

    /// <summary>Reads the operator's file: a line per feed with its address, its topic and its name. Lines that begin with # are comments.</summary>
    /// <exception cref="FormatException">A line is invalid. The message is a sentence for the operator.</exception>
    public static IReadOnlyList<FeedSource> ReadFile(string file)
    {
        var sources = File.ReadLines(file).Index().Where(static line => line.Item.Trim() is { Length: > 0 } text && text[0] != '#')
            .Select(line => Parse(line.Item, $"Line {(line.Index + 1).ToString(CultureInfo.InvariantCulture)} of {file}")).ToList();
        if (sources.Count > MaxFeeds) throw new FormatException($"{file} has {sources.Count} feeds; {MaxFeeds} is the maximum.");
        return sources.DistinctBy(static source => source.Address).Count() == sources.Count && sources.DistinctBy(static source => source.Id).Count() == sources.Count ? sources
            : throw new FormatException($"{file} contains a feed or a name twice.");
    }

    private static FeedSource Parse(string line, string place)
    {
        var fields = line.Split((char[]?)null, Fields, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields is not [var address, var topic, var name]) throw new FormatException($"{place} needs an address, a topic and a name.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new FormatException($"{place} needs an address that begins with http:// or https://.");
        return name.Length <= MaxName
            ? new($"feed-{Item.HashOf(name)[..8]}", name, Topics.Find(topic) ?? throw new FormatException($"{place} has an unknown topic: {string.Join(", ", Topics.All)}."), uri)
            : throw new FormatException($"{place} has a name of more than {MaxName} characters.");
    }
}

using System.Text.RegularExpressions;
using Showcase.News.Stories;

namespace Showcase.News.Feeds;

/// <summary>Reads a change log (keepachangelog.com) as stories: one of each section of a version.</summary>
internal static partial class ChangeLog
{
    /// <summary>Returns the stories, oldest first.</summary>
    public static IEnumerable<Item> Read(string markdown)
    {
        var items = new List<Item>();
        foreach (var version in markdown.Split("\n## ").Skip(1))
        {
            var name = version.Split('\n')[0].Trim();
            foreach (var section in version.Split("\n### ").Skip(1))
            {
                var heading = section.Split('\n')[0].Trim();
                var changes = string.Join(' ', Change().Matches(section).Select(static change => Mark().Replace(change.Groups[1].Value, "$1")));
                var title = name == "Unreleased" ? $"New in Duplex: {heading}" : $"Duplex {name}: {heading}";
                if (changes.Length > 0)
                    items.Add(new($"{name} {heading}", PlainText.OfText(title, FeedReader.MaxTitle), PlainText.OfText(changes, FeedReader.MaxSummary), null, null, "/docs", "en"));
            }
        }

        items.Reverse();
        return items;
    }

    // An item of a list, with its further lines, which are indented.
    [GeneratedRegex(@"^- (.*(?:\n  .*)*)", RegexOptions.Multiline)]
    private static partial Regex Change();

    // Code, emphasis, or a link with its address.
    [GeneratedRegex(@"`|\*\*|\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Mark();
}

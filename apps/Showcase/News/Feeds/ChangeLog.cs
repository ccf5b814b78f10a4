using System.Text.RegularExpressions;
using Showcase.News.Stories;

namespace Showcase.News.Feeds;

/// <summary>Reads a change log (keepachangelog.com) as stories: one of each version, with the number of its changes and its sections.</summary>
internal static partial class ChangeLog
{
    /// <summary>Returns the stories, oldest first.</summary>
    public static IEnumerable<Item> Read(string markdown) =>
        from version in markdown.ReplaceLineEndings("\n").Split("\n## ").Skip(1).Reverse()
        let name = version.Split('\n')[0].Trim()
        let isReleased = name != "Unreleased"
        let title = isReleased ? $"Duplex {name} is released" : "What is new in the version of Duplex on this server"
        let sections = Section().Matches(version).Select(static section => section.Groups[1].Value.Trim())
        let count = Change().Count(version)
        let summary = $"{count} {(count == 1 ? "change" : "changes")}: {string.Join(", ", sections)}."

        // Another build is another story, and no correction of the one before.
        select new Item(isReleased ? name : Item.HashOf(version), PlainText.OfText(title, FeedReader.MaxTitle), PlainText.OfText(summary, FeedReader.MaxSummary), null, null, "/docs", "en");

    [GeneratedRegex("^- ", RegexOptions.Multiline)]
    private static partial Regex Change();

    [GeneratedRegex("^### (.+)", RegexOptions.Multiline)]
    private static partial Regex Section();
}

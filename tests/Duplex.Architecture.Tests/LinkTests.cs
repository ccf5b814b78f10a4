using System.Text.RegularExpressions;

namespace Duplex.Architecture.Tests;

/// <summary>The links of the documents to files and headings of the repository.</summary>
public sealed partial class LinkTests
{
    private static readonly IReadOnlyList<string> Documents = [.. Repository.Files.Where(static file => file.EndsWith(".md", StringComparison.Ordinal))];

    public static TheoryData<string> All => [.. Documents];

    [Theory, MemberData(nameof(All))]
    public void Every_link_leads_to_a_file_and_a_heading(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        foreach (Match link in Link().Matches(WithoutCode(document)))
        {
            var (path, heading) = link.Groups["target"].Value.Split('#') is [var file, var anchor] ? (file, anchor) : (link.Groups["target"].Value, null);
            var target = path.Length == 0 ? document : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, path)));
            Assert.True(
                Repository.Files.Contains(target) || Repository.Files.Any(known => known.StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal)),
                $"{link.Value}: there is no {target}");
            if (heading is not null) Assert.Contains(heading, HeadingsOf(target));
        }
    }

    // As GitHub makes an anchor of a heading.
    private static IEnumerable<string> HeadingsOf(string document) => Heading().Matches(WithoutCode(document)).Select(static heading =>
        NoWord().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static string WithoutCode(string document) => Block().Replace(Repository.Read(document), "");

    [GeneratedRegex(@"\]\((?!\w+:)(?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoWord();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}

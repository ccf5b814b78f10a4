using System.Text.RegularExpressions;

namespace Duplex.Packages.Tests;

/// <summary>What docs/getting-started.md makes its reader type.</summary>
internal static partial class GettingStartedPage
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs", "getting-started.md"));

    /// <summary>The blocks of commands, in order.</summary>
    public static IReadOnlyList<string> Commands { get; } = [.. CommandBlock().Matches(Text).Select(static match => match.Groups["body"].Value)];

    /// <summary>The files, by path.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } =
        FileBlock().Matches(Text).ToDictionary(static match => match.Groups["path"].Value, static match => match.Groups["body"].Value);

    [GeneratedRegex(@"^```sh\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CommandBlock();

    [GeneratedRegex(@"^(Replace|Create) `(?<path>[^`]+)`:\n\n```\w+\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FileBlock();
}

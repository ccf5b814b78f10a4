namespace Duplex.Architecture.Tests;

/// <summary>The README's examples stand, word for word, in a file that is compiled.</summary>
public sealed class ReadmeTests
{
    private const string Fence = "```";

    [Fact]
    public void Every_example_of_the_readme_is_compiled()
    {
        var compiled = Normalised(Repository.Read("tests/Duplex.AspNetCore.Tests/Docs/ReadmeSnippets.cs"));
        var examples = Repository.Read("README.md").Split(Fence + "csharp\n").Skip(1).Select(text => text[..text.IndexOf(Fence, StringComparison.Ordinal)]);
        Assert.All(examples, example => Assert.Contains(Normalised(example), compiled, StringComparison.Ordinal));
    }

    private static string Normalised(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line != ""));
}

namespace Duplex.Architecture.Tests;

/// <summary>The page of samples against the samples.</summary>
public sealed class SampleTests
{
    private const string Fence = "```";
    private const string Link = "(../samples/";

    private static readonly IReadOnlyList<string> Samples = [.. Repository.Files
        .Where(static file => file.StartsWith("samples/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(static file => file.Split('/')[1])
        .Order(StringComparer.Ordinal)];

    private static IEnumerable<(string Sample, string Text)> Sections => Repository.Read("docs/samples.md").Split("\n## ").Skip(1)
        .Select(static section => (section.Split(Link)[1].Split(')')[0], section));

    [Fact]
    public void Page_has_a_section_for_each_sample() =>
        Assert.Equal(Samples, Sections.Select(static section => section.Sample).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_sample_has_a_readme_and_a_program_of_at_most_80_lines()
    {
        Assert.All(Samples, static sample =>
        {
            Assert.Contains($"samples/{sample}/README.md", Repository.Files);
            Assert.All(CodeOf(sample), static file => Assert.InRange(Repository.Read(file).Count(static c => c == '\n'), 1, 80));
        });
    }

    [Fact]
    public void Examples_of_the_page_stand_in_the_samples()
    {
        Assert.All(Sections, static section =>
        {
            var code = string.Concat(CodeOf(section.Sample).Select(static file => Repository.Normalised(Repository.Read(file))));
            var examples = section.Text.Split(Fence + "csharp\n").Skip(1).Select(static text => text[..text.IndexOf(Fence, StringComparison.Ordinal)]);
            Assert.NotEmpty(examples);
            Assert.All(examples, example => Assert.Contains(Repository.Normalised(example), code, StringComparison.Ordinal));
        });
    }

    private static IEnumerable<string> CodeOf(string sample) => Repository.Files
        .Where(file => file.StartsWith($"samples/{sample}/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));
}

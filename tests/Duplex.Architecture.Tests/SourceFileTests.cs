namespace Duplex.Architecture.Tests;

/// <summary>Rules that every source file obeys: size, and names that say what is inside.</summary>
public sealed class SourceFileTests
{
    private const int MaxLines = 500;

    private static readonly string[] VagueNames = ["Utils", "Util", "Helpers", "Helper", "Common", "Misc", "Managers"];

    private static readonly string[] PlatformNamespaces =
    [
        "namespace Microsoft.AspNetCore.Builder;",
        "namespace Microsoft.AspNetCore.Hosting;",
        "namespace Microsoft.Extensions.DependencyInjection;",
    ];

    private static IEnumerable<string> SourceFiles => Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    [Fact]
    public void No_source_file_is_longer_than_500_lines()
    {
        var tooLong = SourceFiles
            .Where(file => !file.StartsWith("tests/", StringComparison.Ordinal))
            .Where(file => Repository.Read(file).Count(c => c == '\n') > MaxLines);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_folder_or_file_has_a_name_that_says_nothing()
    {
        var vague = SourceFiles.Where(file => file.Split('/', '.').Any(part => VagueNames.Contains(part)));
        Assert.Empty(vague);
    }

    [Fact]
    public void No_type_of_the_libraries_has_the_name_of_another()
    {
        var twice = SourceFiles.Where(static file => file.StartsWith("src/", StringComparison.Ordinal))
            .Select(Path.GetFileName).GroupBy(static name => name).Where(static same => same.Count() > 1).Select(static same => same.Key);
        Assert.Empty(twice);
    }

    [Fact]
    public void Namespaces_of_the_libraries_follow_their_folders()
    {
        var wrong = new List<string>();
        foreach (var file in SourceFiles.Where(file => file.StartsWith("src/", StringComparison.Ordinal)))
        {
            var line = Repository.Read(file).Split('\n').FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
            if (line is null) continue;
            var expected = Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.');
            if (line.TrimEnd() == $"namespace {expected};") continue;
            // What extends the platform's builders stands in the platform's namespaces, where its users look.
            var extends = file.EndsWith("Extensions.cs", StringComparison.Ordinal) || file.EndsWith("EndpointConventionBuilder.cs", StringComparison.Ordinal);
            if (extends && PlatformNamespaces.Contains(line.TrimEnd())) continue;
            wrong.Add($"{file}: {line}");
        }

        Assert.Empty(wrong);
    }
}

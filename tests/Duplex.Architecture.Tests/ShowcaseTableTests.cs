using System.Text.RegularExpressions;

namespace Duplex.Architecture.Tests;

/// <summary>The applications of docs/architecture.md against the folders of the showcase, and the commands of bench/README.md against bench/.</summary>
public sealed partial class ShowcaseTableTests
{
    private const string Showcase = "apps/Showcase/";

    [Fact]
    public void Table_has_every_application_and_no_other()
    {
        var applications = Repository.Files
            .Where(static file => file.StartsWith(Showcase, StringComparison.Ordinal) && file.EndsWith("Application.cs", StringComparison.Ordinal) && !file.EndsWith("/IApplication.cs", StringComparison.Ordinal))
            .Select(static file => file.Split('/')[2]);
        Assert.Equal(applications.Order(), Rows().Select(static row => row.Server).Order());
    }

    [Fact]
    public void Every_row_leads_to_its_page_and_code()
    {
        foreach (var (page, server, code) in Rows())
        {
            var application = Repository.Files.Single(file => file.StartsWith($"{Showcase}{server}/", StringComparison.Ordinal) && file.EndsWith("Application.cs", StringComparison.Ordinal));
            Assert.Contains($"app.MapPage(\"{page}", Repository.Read(application), StringComparison.Ordinal);
            Assert.Contains($"{Showcase}web/src/{code}/main.ts", Repository.Files);
        }
    }

    [Fact]
    public void Page_names_every_folder_of_the_showcase()
    {
        var page = Repository.Read("docs/architecture.md");
        var folders = Repository.Files
            .Where(static file => file.StartsWith(Showcase, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(static file => file.Split('/'))
            .Where(static parts => parts.Length > 3)
            .Select(static parts => parts[2])
            .Distinct();
        Assert.All(folders, folder => Assert.Contains($"`{folder}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_of_the_benchmarks_names_every_command()
    {
        var page = Repository.Read("bench/README.md");
        var commands = Repository.Files.Where(static file => Command().IsMatch(file));
        Assert.All(commands, command => Assert.Contains($"`{command}", page, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Page, string Server, string Code)> Rows() =>
        Row().Matches(Repository.Read("docs/architecture.md")).Select(static row => (row.Groups["page"].Value, row.Groups["server"].Value, row.Groups["code"].Value));

    // | Name | `/page` | `Folder` | `folder` | [protocol](...) |
    [GeneratedRegex(@"^\|[^|`]+\| `(?<page>/[^`]+)` \| `(?<server>\w+)` \| `(?<code>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^bench/[a-z-]+$")]
    private static partial Regex Command();
}

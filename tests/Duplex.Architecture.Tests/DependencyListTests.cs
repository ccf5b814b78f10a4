using System.Text.Json;
using System.Xml.Linq;

namespace Duplex.Architecture.Tests;

/// <summary>Every dependency is pinned and has its reason in docs/dependencies.md.</summary>
public sealed class DependencyListTests
{
    [Fact]
    public void Every_pinned_package_has_a_line_and_every_line_a_package()
    {
        var pinned = XDocument.Parse(Repository.Read("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => (string)package.Attribute("Include")!);
        Assert.Equal(pinned.Concat(NpmPackages()).Distinct().Order(StringComparer.Ordinal), Listed().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lock_files_name_no_registry()
    {
        foreach (var file in Repository.Files.Where(file => Path.GetFileName(file) == "package-lock.json"))
            Assert.DoesNotContain("\"resolved\": \"http", Repository.Read(file), StringComparison.Ordinal);
    }

    private static IEnumerable<string> NpmPackages()
    {
        foreach (var file in Repository.Files.Where(file => Path.GetFileName(file) == "package.json"))
        {
            using var package = JsonDocument.Parse(Repository.Read(file));
            foreach (var section in (string[])["dependencies", "devDependencies"])
            {
                if (!package.RootElement.TryGetProperty(section, out var names)) continue;
                foreach (var name in names.EnumerateObject()) yield return name.Name;
            }
        }
    }

    private static IEnumerable<string> Listed() => Repository.Read("docs/dependencies.md")
        .Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Package", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1]);
}

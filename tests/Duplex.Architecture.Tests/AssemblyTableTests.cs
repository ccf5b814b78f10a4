using System.Xml.Linq;

namespace Duplex.Architecture.Tests;

/// <summary>The table of assemblies in docs/architecture.md against the projects in src/.</summary>
public sealed class AssemblyTableTests
{
    [Fact]
    public void Table_names_every_project_of_src_and_no_other() =>
        Assert.Equal(Projects().Keys.Order(), Table().Keys.Order());

    [Fact]
    public void Project_references_are_those_of_the_table()
    {
        var table = Table();
        foreach (var (name, project) in Projects())
        {
            var actual = Includes(project, "ProjectReference")
                .Select(path => Path.GetFileNameWithoutExtension(path).Replace("Duplex.", "", StringComparison.Ordinal));
            Assert.True(actual.Order().SequenceEqual(table[name].References.Order()), $"{name} references {string.Join(", ", actual)}");
        }
    }

    [Fact]
    public void Package_references_are_those_of_the_table()
    {
        var table = Table();
        foreach (var (name, project) in Projects())
        {
            // What only the build uses does not reach whoever references the assembly.
            var actual = project.Descendants("PackageReference")
                .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")
                .Select(reference => (string)reference.Attribute("Include")!)
                .ToList();
            Assert.True(actual.Order().SequenceEqual(table[name].Packages.Order()), $"{name} uses {string.Join(", ", actual)}");
        }
    }

    private static Dictionary<string, XDocument> Projects() => Repository.Files
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => XDocument.Parse(Repository.Read(file)));

    private static IEnumerable<string> Includes(XDocument project, string item) =>
        project.Descendants(item).Select(reference => (string)reference.Attribute("Include")!);

    private static Dictionary<string, (string[] References, string[] Packages)> Table() => Repository.Read("docs/architecture.md")
        .Split('\n')
        .Where(line => line.StartsWith("| Duplex.", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length == 5)
        .ToDictionary(cells => cells[1], cells => (List(cells[2]), List(cells[3])));

    private static string[] List(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

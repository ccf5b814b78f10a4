using System.IO.Compression;
using System.Xml.Linq;

namespace Duplex.Packages.Tests;

/// <summary>What a package holds, and what it brings along.</summary>
public sealed class PackageContentTests(PackedPackages packages)
{
    public static TheoryData<string> Names => [.. PackedPackages.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Package_has_assembly_documentation_readme_and_icon(string name)
    {
        using var package = ZipFile.OpenRead(packages.PathOf(name));
        var files = package.Entries.Select(static entry => entry.FullName).ToList();

        Assert.Contains($"lib/net10.0/{name}.dll", files);
        Assert.Contains($"lib/net10.0/{name}.xml", files);
        Assert.Contains("README.md", files);
        Assert.Contains("icon.png", files);
        Assert.Single(files, static file => file.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Package_names_authors_licence_tags_and_description(string name)
    {
        var metadata = Metadata(name);
        string Value(string element) => metadata.Elements().Single(child => child.Name.LocalName == element).Value;

        Assert.Equal(name, Value("id"));
        Assert.Equal("The Duplex authors", Value("authors"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Contains("websocket", Value("tags"), StringComparison.Ordinal);
        Assert.NotEqual("Package Description", Value("description"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Package_depends_on_what_its_project_references(string name)
    {
        var project = XDocument.Load(Repository.PathOf("src", name, $"{name}.csproj"));
        var referenced = project.Descendants("ProjectReference").Select(static reference => Path.GetFileNameWithoutExtension(Include(reference)))
            .Concat(project.Descendants("PackageReference").Where(static reference => (string?)reference.Attribute("PrivateAssets") != "all").Select(Include));
        var dependencies = Metadata(name).Descendants().Where(static element => element.Name.LocalName == "dependency").Select(static element => (string)element.Attribute("id")!);

        Assert.Equal(referenced.Order(StringComparer.Ordinal), dependencies.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Symbols_are_packed_beside_it(string name)
    {
        using var symbols = ZipFile.OpenRead(packages.PathOf(name, "snupkg"));

        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{name}.pdb");
    }

    private static string Include(XElement reference) => (string)reference.Attribute("Include")!;

    private XElement Metadata(string name)
    {
        using var package = ZipFile.OpenRead(packages.PathOf(name));
        using var stream = package.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single(static element => element.Name.LocalName == "metadata");
    }
}

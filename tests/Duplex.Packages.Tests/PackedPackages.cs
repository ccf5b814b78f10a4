[assembly: AssemblyFixture(typeof(Duplex.Packages.Tests.PackedPackages))]

namespace Duplex.Packages.Tests;

/// <summary>The packages of this checkout, packed once for all tests into a folder of their own.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("duplex-packages-");

    /// <summary>A version of each run, because NuGet never looks twice at a version that it has; no pre-release, as will be published.</summary>
    public string Version { get; } = $"0.1.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";

    public string Folder => _folder.FullName;


    /// <summary>The libraries: each project of src/ but the stand-alone server.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => name != "Duplex.Server")
        .Order(StringComparer.Ordinal);

    public string PathOf(string name, string extension = "nupkg") => Path.Combine(Folder, $"{name}.{Version}.{extension}");

    public async ValueTask InitializeAsync()
    {
        // What is packed was built with this project, which references all of it.
        foreach (var name in Names)
        {
            var (exitCode, output) = await Command.RunAsync(Repository.Root, "dotnet",
                "pack", $"src/{name}", "-c", "Release", "--no-build", "--nologo", "-o", Folder, $"-p:Version={Version}", "-nodeReuse:false");
            Assert.True(exitCode == 0, output);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }
}

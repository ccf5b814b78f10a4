using System.Diagnostics;

namespace Tests.Shared;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly Lazy<List<string>> Listed = new(List);

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The files of the checkout as git lists them, by their paths below the root.</summary>
    public static IReadOnlyList<string> Files => Listed.Value;

    /// <summary>The full path of a file or folder below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>The lines of a text without their indentation and without the empty ones.</summary>
    public static string Normalised(string text) => string.Join('\n', text.Split('\n').Select(static line => line.Trim()).Where(static line => line != ""));

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Duplex.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder;
    }

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. files.Where(file => File.Exists(Path.Combine(Root, file)))];
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Duplex.Architecture.Tests;

/// <summary>The files of this checkout, as git lists them.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    public static IReadOnlyList<string> Files { get; } = List();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The lines of a text without their indentation and without the empty ones.</summary>
    public static string Normalised(string text) => string.Join('\n', text.Split('\n').Select(static line => line.Trim()).Where(static line => line != ""));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

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

using System.Diagnostics;

namespace Tools.Tests;

/// <summary>A program or script of this checkout that cannot start.</summary>
internal static class Tool
{

    /// <summary>The path of a program that was built.</summary>
    public static string Built(string name) => Repository.PathOf("artifacts", "bin", name, "release", name);

    /// <summary>Runs it; asserts that it ends with this code, one sentence that holds a text, and no trace.</summary>
    /// <param name="exitCode">1: it could not start or failed; 2: wrong usage.</param>
    /// <param name="named">What the sentence must name.</param>
    /// <param name="command">The program and its arguments.</param>
    public static Task ShouldFailAsync(int exitCode, string named, params string[] command) => ShouldFailAsync(exitCode, named, path: null, command);

    /// <summary>The same with another search path for programs.</summary>
    public static async Task ShouldFailAsync(int exitCode, string named, string? path, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (path is not null) start.Environment["PATH"] = path;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", errors + await output, StringComparison.Ordinal);
        Assert.Equal(exitCode, process.ExitCode);
    }
}

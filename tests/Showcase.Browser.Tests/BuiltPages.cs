using System.Diagnostics;

namespace Showcase.Browser.Tests;

/// <summary>Builds the pages once per test run, as ./run does.</summary>
public static class BuiltPages
{
    private static readonly Lazy<Task> Build = new(BuildAsync);

    /// <summary>Completes when the pages are up to date.</summary>
    public static Task Ready => Build.Value;

    private static async Task BuildAsync()
    {
        var script = Path.Combine(Repository.Root, "apps", "Showcase", "web", "build");
        using var process = Process.Start(new ProcessStartInfo(script) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The pages do not build:\n{output}");
    }
}

using System.Diagnostics;

namespace Tests.Shared;

/// <summary>Runs the scripts of published JavaScript clients: one script, one process.</summary>
internal static class NodeScript
{
    /// <summary>Runs a script of a test project's folder <c>node</c>, which must end in time and without a complaint.</summary>
    public static async Task RunAsync(string project, string name, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [$"node/{name}.mjs", .. arguments])
        {
            // The scripts run where npm installed their packages, not from a copy in the build's output.
            WorkingDirectory = Repository.PathOf("tests", project),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(limit, cancellation);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        Assert.True(process.HasExited && process.ExitCode == 0, await output + await errors);
    }
}

using System.Diagnostics;

namespace Samples.Tests;

/// <summary>A sample that runs as a process on a free port.</summary>
internal sealed class Sample : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private Sample(Process process) => _process = process;


    public Uri Address { get; private set; } = null!;

    /// <summary>Starts a server, and returns when it listens.</summary>
    public static async Task<Sample> StartAsync(string name)
    {
        var sample = new Sample(Start(name, "--urls", "http://127.0.0.1:0", "--contentRoot", Repository.PathOf("samples", name)));
        var lines = new List<string>();
        while (await sample._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (!line.Contains(Listening, StringComparison.Ordinal)) continue;
            sample.Address = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);

            // The log that follows must not fill the pipe.
            _ = sample._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return sample;
        }

        await sample.DisposeAsync();
        throw new InvalidOperationException(string.Join('\n', lines));
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string name, params string[] args)
    {
        await using var sample = new Sample(Start(name, args));
        var output = await sample._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await sample._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (sample._process.ExitCode, output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static Process Start(string name, params string[] args) =>
        Process.Start(new ProcessStartInfo(Repository.PathOf("artifacts", "bin", name, "release", name), args) { RedirectStandardOutput = true })!;
}

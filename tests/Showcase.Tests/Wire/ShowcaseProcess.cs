using System.Diagnostics;

namespace Showcase.Tests.Wire;

/// <summary>The showcase as a process of its own, so that it can be killed.</summary>
internal sealed class ShowcaseProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ShowcaseProcess(Process process, Uri http) => (_process, Http) = (process, http);

    public Uri Http { get; }

    public static async Task<ShowcaseProcess> StartAsync(string data)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Showcase"), ["--port", "0", "--market-rate", "off", "--judge", "off", "--data", data])
        {
            RedirectStandardOutput = true,
            Environment = { ["Showcase__Chat__Welcomes"] = "false" },
        };
        var process = Process.Start(start)!;
        // "Duplex showcase: http://localhost:PORT", once it is ready.
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException("The showcase ended before it was ready.");
        return new ShowcaseProcess(process, new Uri(line.Split(": ", 2)[1]));
    }

    /// <summary>Ends it as SIGKILL does: nothing of it runs any more.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

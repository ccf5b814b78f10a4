using System.Diagnostics;

namespace Duplex.Sdk.Tests;

/// <summary>A script of the published JavaScript client: one scenario, one process.</summary>
internal static class Scenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The client's transports, each in the encodings it has.</summary>
    public static TheoryData<string, string> Transports { get; } = new()
    {
        { "websocket", "json" }, { "websocket", "protobuf" }, { "http_stream", "json" }, { "http_stream", "protobuf" }, { "sse", "json" },
    };

    /// <summary>Runs a scenario, which must end without a complaint.</summary>
    public static async Task RunAsync(string name, string address, string transport, string encoding, string token = "")
    {
        var start = new ProcessStartInfo("node", [$"node/{name}.mjs", address, transport, encoding, token])
        {
            WorkingDirectory = Repository.PathOf("tests", "Duplex.Sdk.Tests"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(Limit, cancellation);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        Assert.True(process.HasExited && process.ExitCode == 0, await output + await errors);
    }

    // The scenarios run where npm installed their packages, not from a copy in the build's output.
}

using System.Diagnostics;
using Showcase.Exchange.Simulation;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Exchange;

/// <summary>Published clients of Binance's spot interface, whose scripts in <c>node</c> judge the exchange. <c>tests/install</c> installs them.</summary>
public sealed class PublishedClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("ccxt")]
    [InlineData("binance-api-node")]
    public async Task A_published_client_follows_the_market_without_a_gap(string client)
    {
        await using var showcase = await RunningShowcase.StartAsync(MarketRate.High);
        var start = new ProcessStartInfo("node", [$"node/{client}.mjs", showcase.Http.AbsoluteUri.TrimEnd('/')])
        {
            // The scripts run where npm installed their packages, not from a copy in the build's output.
            WorkingDirectory = Repository.PathOf("tests", "Showcase.Tests"),
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
}

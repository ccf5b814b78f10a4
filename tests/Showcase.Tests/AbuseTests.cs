using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Showcase.Tests;

/// <summary>A short run of bench/abuse, without bounds of time: everything it attacks holds, and the honest visitor notices nothing.</summary>
public sealed class AbuseTests
{
    [Fact]
    public async Task The_showcase_withstands_everything_at_once()
    {
        var start = new ProcessStartInfo("node",
        [
            Repository.PathOf("bench", "scripts", "abuse.mjs"), "--server", Path.Combine(AppContext.BaseDirectory, "Showcase"),
            "--port", $"{FreePort()}", "--seconds", "3", "--warmup", "1", "--p99", "0", "--stop", "0", "--pin", "no",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var abuse = Process.Start(start)!;
        var errors = abuse.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var page = await abuse.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await abuse.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(abuse.ExitCode == 0, $"{page}\n{await errors}");
        Assert.Contains("All bounds held.", page, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

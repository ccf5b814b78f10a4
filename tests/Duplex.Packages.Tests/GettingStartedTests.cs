using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace Duplex.Packages.Tests;

/// <summary>The page for newcomers, followed to the letter with the packages of this checkout; only the port is a free one.</summary>
public sealed class GettingStartedTests(PackedPackages packages) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("duplex-started-");
    private readonly int _port = FreePort();
    private Process? _application;

    public ValueTask InitializeAsync()
    {
        // What was fetched before is taken from where it is; only Duplex is new.
        var known = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(_folder.FullName, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="known" value="{known}" /></fallbackPackageFolders>
              <packageSources><add key="checkout" value="{packages.Folder}" /></packageSources>
            </configuration>
            """);
        return default;
    }

    [Fact]
    public async Task Two_browsers_talk_after_the_steps_of_the_page()
    {
        var commands = GettingStartedPage.Commands;
        var project = Path.Combine(_folder.FullName, "Talk");
        Assert.Equal(4, commands.Count);
        Assert.Equal(["Program.cs", "wwwroot/index.html"], GettingStartedPage.Files.Keys);

        await TypeAsync(_folder.FullName, commands[0]);
        await SaveAsync("Program.cs");
        await TypeAsync(project, commands[1]);
        await SaveAsync("wwwroot/index.html");
        await StartAsync(commands[2]);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var (ann, bob) = (await OpenAsync(browser), await OpenAsync(browser));

        await ann.GetByLabel("Message").FillAsync("Hello, Bob");
        await ann.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await bob.GetByText("Hello, Bob").WaitForAsync();
        await ann.GetByText("Hello, Bob").WaitForAsync();

        await TypeAsync(project, commands[3]);
        await ann.GetByText("server: Tea is ready").WaitForAsync();
        await bob.GetByText("server: Tea is ready").WaitForAsync();

        Task SaveAsync(string path) => File.WriteAllTextAsync(Path.Combine(project, path), GettingStartedPage.Files[path], TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            _application.Kill(entireProcessTree: true);
            await _application.WaitForExitAsync();
            _application.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<IPage> OpenAsync(IBrowser browser)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"http://localhost:{_port}");
        await page.GetByText("subscribed", new() { Exact = true }).WaitForAsync();
        return page;
    }

    private async Task TypeAsync(string folder, string commands)
    {
        var (exitCode, output) = await Command.RunAsync(folder, "/bin/bash", "-ec", AtFreePort(commands));
        Assert.True(exitCode == 0, $"{commands}{output}");
    }

    private async Task StartAsync(string command)
    {
        _application = Process.Start(new ProcessStartInfo("/bin/bash", ["-ec", $"exec {AtFreePort(command)}"])
        {
            WorkingDirectory = Path.Combine(_folder.FullName, "Talk"),
            RedirectStandardOutput = true,
        })!;
        var lines = new List<string>();
        while (await _application.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.Contains("Now listening on", StringComparison.Ordinal)) return;
        }

        Assert.Fail(string.Join('\n', lines));
    }

    private string AtFreePort(string commands) => commands.Replace("localhost:5000", $"localhost:{_port}", StringComparison.Ordinal);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

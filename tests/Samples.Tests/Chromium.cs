using Microsoft.Playwright;

namespace Samples.Tests;

/// <summary>Debian's Chromium, started once for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
    }

    /// <summary>Opens a page in a context of its own: another visitor, with other cookies.</summary>
    public async Task<IPage> OpenAsync(Uri address)
    {
        var page = await _browser!.NewPageAsync();
        await page.GotoAsync(address.ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

using Microsoft.Playwright;

namespace Showcase.Browser.Tests;

/// <summary>Debian's Chromium, started once for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>A name of this machine as others on its network have it: pages from there are no secure context.</summary>
    public const string NameOnTheNetwork = "showcase.lan";

    // The most that a test waits for a state, in milliseconds. A page on a busy machine is slow but not wrong.
    private const float Patience = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Timeout = Patience,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                $"--host-resolver-rules=MAP {NameOnTheNetwork} 127.0.0.1",
            ],
        });
    }

    /// <summary>A person of their own: a fresh context has its own storage, so its own demo account.</summary>
    public async Task<Person> NewPersonAsync(Uri server, int width = 1440, int height = 900, ColorScheme theme = ColorScheme.Dark)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme,
        });
        context.SetDefaultTimeout(Patience);
        return new Person(context, await context.NewPageAsync());
    }

    /// <summary>
    /// A person who has told the page a name before. The same name is the same person each time, for it belongs to
    /// whoever came with it first; another key makes another person.
    /// </summary>
    public async Task<Person> NewPersonAsync(Uri server, string name, string? key = null)
    {
        var person = await NewPersonAsync(server);
        await person.Page.AddInitScriptAsync($"localStorage.setItem('duplex.name', '{name}')");
        await person.Page.AddInitScriptAsync($"localStorage.setItem('duplex.account-key', '{(key ?? name).PadRight(64, '.')}')");
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

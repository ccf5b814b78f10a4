using Microsoft.Playwright;

namespace Showcase.Browser.Tests;

/// <summary>Somebody with a browser window. Errors of the page's scripts fail the test when it ends.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public Person(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        Watch(page);
    }

    public IPage Page { get; }

    /// <summary>Opens a second window of the same browser.</summary>
    public async Task<IPage> NewPageAsync()
    {
        var page = await _context.NewPageAsync();
        Watch(page);
        return page;
    }

    /// <summary>Cuts the page's line: its connection is reset, and so is every later one.</summary>
    public async Task LoseNetworkAsync()
    {
        await ChooseLineAsync("cut (connections are reset)");
        await Assertions.Expect(Page.Locator(".pill")).ToHaveAttributeAsync("data-state", "reconnecting");
    }

    /// <summary>The page connects directly again.</summary>
    public Task FindNetworkAsync() => ChooseLineAsync("as it is");

    /// <summary>Chooses a line in the wire panel, which is closed before and afterwards.</summary>
    public Task ChooseLineAsync(string title) => ChooseLineAsync(Page, title);

    /// <summary>Chooses the line of a further window.</summary>
    public static async Task ChooseLineAsync(IPage page, string title)
    {
        var wire = page.GetByRole(AriaRole.Button, new() { Name = "wire", Exact = true });
        await wire.ClickAsync();
        await page.Locator(".wire").GetByLabel("Line", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = title });
        await wire.ClickAsync();
    }

    /// <summary>Allows desktop notices, and records those that the page shows from its next load on.</summary>
    public async Task AllowNoticesAsync()
    {
        await _context.GrantPermissionsAsync(["notifications"]);
        await Page.AddInitScriptAsync("""
            window.notices = [];
            window.Notification = class extends Notification {
              constructor(title, options) {
                super(title, options);
                window.notices.push({ words: `${title}: ${options.body}`, notice: this });
              }
            };
            """);
    }

    /// <summary>Leaves the tab for another one, as far as the page can tell: it is hidden and draws no frames.</summary>
    public async Task HideAsync() => await Page.EvaluateAsync("""
        () => {
          Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
          window.requestAnimationFrame = () => 0;
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_errors);
    }

    private void Watch(IPage page) => page.PageError += (_, error) => _errors.Add(error);
}

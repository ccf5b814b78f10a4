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

    /// <summary>Cuts the connection, and closes every later one at its first message.</summary>
    public async Task LoseNetworkAsync()
    {
        await Page.EvaluateAsync("""
            () => {
              const send = WebSocket.prototype.send;
              WebSocket.prototype.send = function (data) { if (window.isCutOff) this.close(); send.call(this, data); };
              window.isCutOff = true;
            }
            """);
        await Page.GetByRole(AriaRole.Button, new() { Name = "wire", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Cut", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "wire", Exact = true }).ClickAsync();
    }

    /// <summary>The network is back.</summary>
    public async Task FindNetworkAsync() => await Page.EvaluateAsync("() => { window.isCutOff = false; }");

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

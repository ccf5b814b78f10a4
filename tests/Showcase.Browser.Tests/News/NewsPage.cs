using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.News;

/// <summary>The page of the wire.</summary>
public sealed class NewsPage(IPage page)
{
    public IPage Page { get; } = page;

    public ILocator Stories => Page.Locator(".story");

    public ILocator Fresh => Page.Locator(".fresh");

    public ILocator Bar => Page.Locator(".breaking-bar");

    public static async Task<NewsPage> OpenAsync(IPage page)
    {
        await page.GotoAsync("/news");
        await Expect(page.Locator(".story").First).ToBeVisibleAsync();
        await Expect(page.Locator(".sources li")).Not.ToHaveCountAsync(0);
        return new(page);
    }

    public ILocator Story(string title) => Page.Locator(".story", new() { HasText = title });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Writes a story at the desk.</summary>
    public async Task WriteAsync(string title, string summary = "", string topic = "world", bool isBreaking = false)
    {
        await Button("Write a story").ClickAsync();
        var dialog = Page.Locator("dialog[open]");
        await dialog.GetByLabel("Headline", new() { Exact = true }).FillAsync(title);
        await dialog.GetByLabel("Summary", new() { Exact = true }).FillAsync(summary);
        await dialog.GetByLabel("Topic", new() { Exact = true }).SelectOptionAsync(topic);
        if (isBreaking) await dialog.GetByLabel("Breaking: send it to every reader").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
    }

    /// <summary>Asserts that a short list begins where a long one does.</summary>
    public async Task ShouldBeginBelowTheToolsAsync()
    {
        var (tools, first) = (await Page.Locator(".tools").BoundingBoxAsync(), await Stories.First.BoundingBoxAsync());
        Assert.InRange(first!.Y - tools!.Y - tools.Height, 0, 60);
    }

    /// <summary>Waits until new stories wait, and shows them.</summary>
    public async Task ShowNewAsync()
    {
        await Fresh.ClickAsync();
        await Expect(Fresh).ToBeHiddenAsync();
    }
}

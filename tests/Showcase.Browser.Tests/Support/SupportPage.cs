using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Support;

/// <summary>What a visitor and an agent do on the pages of the helpdesk.</summary>
public sealed class SupportPage(IPage page)
{
    public IPage Page => page;

    public ILocator Field => page.GetByLabel("Message", new() { Exact = true });

    public ILocator State => page.Locator(".case-state");

    /// <summary>The agent's button that closes the case; notices have one of the same name.</summary>
    public ILocator Close => page.Locator(".case-panel > header").GetByRole(AriaRole.Button, new() { Name = "Close" });

    public ILocator Help => page.GetByTitle("Ask the helpdesk (h)");

    public ILocator Rows => page.Locator(".case-row");

    public static async Task<SupportPage> VisitAsync(IPage page, string path = "/support")
    {
        await page.GotoAsync(path);
        var opened = new SupportPage(page);
        if (path != "/support") await opened.Help.ClickAsync();
        await Expect(opened.State).Not.ToHaveTextAsync("Opening the helpdesk…");
        return opened;
    }

    /// <summary>Opens the desk and sits down.</summary>
    public static async Task<SupportPage> SitAsync(IPage page)
    {
        await page.GotoAsync("/support/desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sit down" }).ClickAsync();
        await Expect(page.Locator(".queue-panel")).ToBeVisibleAsync();
        return new SupportPage(page);
    }

    public ILocator Message(string text) => page.Locator(".case-message").Filter(new() { Has = page.GetByText(text, new() { Exact = true }) });

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task HasAsync(string text) => Expect(Message(text)).ToHaveCountAsync(1);

    public async Task WriteAsync(string text)
    {
        await Expect(Field).ToBeEnabledAsync();
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    /// <summary>Opens the case with a visitor's latest message.</summary>
    public async Task OpenAsync(string last)
    {
        await Rows.Filter(new() { HasText = last }).ClickAsync();
        await HasAsync(last);
    }

    public async Task TakeAsync()
    {
        await Button("Take").ClickAsync();
        await Expect(Field).ToBeEnabledAsync();
    }
}

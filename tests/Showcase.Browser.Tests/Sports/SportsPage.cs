using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Sports;

/// <summary>The page of a match, and that of the list.</summary>
public sealed class SportsPage(IPage page)
{
    public IPage Page { get; } = page;

    public ILocator Total => Page.Locator(".scoreboard .total");

    public ILocator Timeline => Page.Locator(".timeline li");

    public string Path => new Uri(Page.Url).PathAndQuery;

    /// <summary>Opens the list.</summary>
    public static async Task<SportsPage> ListAsync(IPage page)
    {
        await page.GotoAsync("/sports");
        await Expect(page.Locator(".scores .score").First).ToBeVisibleAsync();
        return new(page);
    }

    /// <summary>Opens a match.</summary>
    public static async Task<SportsPage> OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator(".scoreboard")).ToBeVisibleAsync();
        return new(page);
    }

    /// <summary>Opens a friendly of one's own and its scout's desk.</summary>
    public static async Task<SportsPage> OpenFriendlyAsync(Person scout, string home, string away)
    {
        var sports = await ListAsync(scout.Page);
        await scout.Page.GetByLabel("Team at home", new() { Exact = true }).FillAsync(home);
        await scout.Page.GetByLabel("Other team", new() { Exact = true }).FillAsync(away);
        await scout.Page.GetByRole(AriaRole.Button, new() { Name = "Open the match" }).ClickAsync();
        await Expect(scout.Page.Locator(".desk")).ToBeVisibleAsync();
        return sports;
    }

    /// <summary>The row of a match in the list.</summary>
    public ILocator Row(string path) => Page.Locator($".score:has(a[href='{path}'])");

    /// <summary>Presses a button of the scout's desk for a team.</summary>
    public async Task ReportAsync(string team, string button, string? player = null)
    {
        var side = Page.Locator(".desk fieldset", new() { HasText = team });
        if (player is not null) await side.GetByLabel($"Player of {team}", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = player });
        await side.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    /// <summary>Presses the button of the next phase.</summary>
    public async Task BeginAsync(string phase)
    {
        await Page.Locator(".desk > header").GetByRole(AriaRole.Button, new() { Name = phase }).ClickAsync();
        await Expect(Page.Locator(".desk > header").GetByRole(AriaRole.Button, new() { Name = phase })).ToHaveCountAsync(0);
    }

    /// <summary>Waits for a score.</summary>
    public Task HasScoreAsync(string score) => Expect(Total).ToHaveTextAsync(score);

    /// <summary>Waits for the score of a match in the list.</summary>
    public Task ListsScoreAsync(string path, string score) => Expect(Row(path).Locator(".result")).ToHaveTextAsync(score);
}

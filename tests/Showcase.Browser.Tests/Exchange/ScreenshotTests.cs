using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>Pictures to look at, and what can be said of them without eyes: nothing sticks out sideways.</summary>
public sealed class ScreenshotTests(LiveMarket live) : IClassFixture<LiveMarket>
{
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "screenshots");

    public static TheoryData<string, int, int, ColorScheme> Views()
    {
        var views = new TheoryData<string, int, int, ColorScheme>();
        foreach (var theme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
            foreach (var (width, height) in ((int, int)[])[(1440, 900), (1366, 768), (1024, 768), (390, 844)])
                foreach (var page in (string[])["exchange", "start"])
                    views.Add(page, width, height, theme);
        return views;
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Page_fits_its_width(string page, int width, int height, ColorScheme theme)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address, width, height, theme);
        if (page == "exchange")
        {
            var exchange = await ExchangePage.OpenAsync(person);
            await Expect(exchange.Page.Locator(".chart > .notice")).ToBeHiddenAsync();
            await Expect(exchange.Page.Locator(".legend .ma99").First).ToContainTextAsync("MA 99");
        }
        else
        {
            await person.Page.GotoAsync("/");
            // Prices arrive while their card is on the screen.
            await person.Page.Locator(".quotes").ScrollIntoViewIfNeededAsync();
            await Expect(person.Page.Locator(".quote polyline[points]")).ToHaveCountAsync(3);
        }

        var name = $"{page}-{width}-{(theme == ColorScheme.Dark ? "dark" : "light")}.png";
        await person.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name) });
        Assert.Equal(width, await person.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Theory]
    [InlineData(1366, 768, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    public async Task A_page_that_lost_its_server_says_so(int width, int height, ColorScheme theme)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address, width, height, theme);
        var exchange = await ExchangePage.OpenAsync(person);
        await person.LoseNetworkAsync();
        await Expect(exchange.Pill).ToHaveAttributeAsync("data-state", "reconnecting");
        await Expect(exchange.Page.Locator(".stale-banner")).ToContainTextAsync("Prices stopped");
        await person.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"lost-{width}.png") });
        Assert.Equal(width, await person.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }
}

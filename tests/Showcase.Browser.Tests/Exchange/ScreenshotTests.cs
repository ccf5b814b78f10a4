using Microsoft.Playwright;

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
        if (page == "exchange") await ExchangePage.OpenAsync(person);
        else await person.Page.GotoAsync("/");
        await person.Page.WaitForFunctionAsync("() => document.querySelector('.notice:not([hidden])')?.textContent !== 'Loading candles…'");
        var name = $"{page}-{width}-{(theme == ColorScheme.Dark ? "dark" : "light")}.png";
        await person.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name) });
        Assert.Equal(width, await person.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }
}

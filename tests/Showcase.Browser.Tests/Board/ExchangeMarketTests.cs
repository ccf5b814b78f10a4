using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Board;

/// <summary>The three markets of the exchange on the watch board.</summary>
public sealed class ExchangeMarketTests(LiveMarket showcase) : IClassFixture<LiveMarket>
{
    [Fact]
    public async Task A_market_has_a_price_and_the_line_of_its_last_day()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var board = await BoardPage.OpenAsync(ada.Page);
        await ada.Page.Keyboard.PressAsync("/");
        await ada.Page.Keyboard.TypeAsync("btc");
        var row = board.Row("BTCUSDT");

        await Expect(row.Locator(".price")).Not.ToHaveTextAsync("–");
        await Expect(row.Locator("polyline")).ToHaveAttributeAsync("points", new Regex(@"^0\.0,\S+( \S+)* 120\.0,\S+$"));
        var detail = ada.Page.GetByRole(AriaRole.Region, new() { Name = "Chosen instrument" });
        await Expect(detail.GetByText(new Regex(@"^24 hours: low \d+\.\d+ · high \d+\.\d+$"))).ToBeVisibleAsync();
        await Expect(detail.GetByRole(AriaRole.Link, new() { Name = "Open in the exchange" })).ToHaveAttributeAsync("href", "/exchange/BTCUSDT");
        await Expect(detail.GetByText("Alerts compare the board’s own prices, so a market of the exchange has none.")).ToBeVisibleAsync();
        await Expect(detail.GetByLabel("Alert at the price")).ToBeHiddenAsync();
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>The choice of what the chart shows.</summary>
public sealed class ChartTests(LiveMarket live) : IClassFixture<LiveMarket>
{
    [Fact]
    public async Task Chosen_indicators_have_values_and_stay_after_a_reload()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        var legend = exchange.Page.Locator(".chart .legend");
        await Expect(legend.Locator(".ma7")).ToHaveTextAsync(PriceOf("MA 7"));

        await exchange.Page.GetByRole(AriaRole.Button, new() { Name = "Indicators" }).ClickAsync();
        await exchange.Page.GetByLabel("RSI").CheckAsync();
        await exchange.Page.GetByLabel("MACD").CheckAsync();
        await exchange.Page.GetByLabel("MA:").UncheckAsync();
        await Expect(legend.Locator(".rsi")).ToHaveTextAsync(PriceOf("RSI 14"));
        await Expect(legend.Locator(".signal")).ToHaveTextAsync(PriceOf("signal"));
        await Expect(legend.Locator(".ma7")).ToHaveCountAsync(0);

        await exchange.Page.ReloadAsync();
        await Expect(legend.Locator(".rsi")).ToHaveTextAsync(PriceOf("RSI 14"));
        await Expect(legend.Locator(".ma7")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("3m")]
    [InlineData("1w")]
    [InlineData("1M")]
    public async Task Every_interval_of_the_server_can_be_chosen(string interval)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await exchange.Page.GetByLabel("Other intervals").SelectOptionAsync(interval);
        await Expect(exchange.Page.Locator(".chart > .notice")).ToBeHiddenAsync();
        await exchange.Page.ReloadAsync();
        await Expect(exchange.Page.GetByLabel("Other intervals")).ToHaveValueAsync(interval);
        await Expect(exchange.Page.Locator(".chart .legend .close")).ToHaveTextAsync(PriceOf("C"));
    }

    [Fact]
    public async Task The_chart_of_closes_keeps_the_legend_of_the_candles()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        var line = exchange.Page.GetByRole(AriaRole.Button, new() { Name = "Line", Exact = true });
        await line.ClickAsync();
        await Expect(line).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(exchange.Page.Locator(".chart .legend .open")).ToHaveTextAsync(PriceOf("O"));
    }

    private static Regex PriceOf(string name) => new($"^{name} -?[0-9,]+\\.[0-9]+$");
}

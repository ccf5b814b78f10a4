using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>Numbers as people write them into the order form.</summary>
public sealed class NumberTests(QuietMarket market) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_decimal_comma_and_grouped_thousands_are_taken_and_sent_plain()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await exchange.PlaceLimitAsync("buy", "1.000,50", ",5");
        await Expect(exchange.OpenOrders).ToContainTextAsync(["1,000.50"]);
        await Expect(exchange.OpenOrders).ToContainTextAsync(["0.500"]);
        await Expect(exchange.Page.GetByLabel("Buy price in")).ToHaveValueAsync("1000.50");
    }

    [Fact]
    public async Task What_can_be_read_in_two_ways_is_asked_about_and_not_sent()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await exchange.PlaceLimitAsync("buy", "1,000", "1");
        await Expect(exchange.Problem("buy")).ToHaveTextAsync("Do you mean 1000 or 1.000? Write it without the comma.");
        await Expect(exchange.OpenOrders).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_number_is_judged_once_it_is_written_and_not_at_each_key()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await exchange.Page.EvaluateAsync("""
            () => {
              window.alerts = [];
              const problem = document.querySelector('form.side.buy .problem');
              new MutationObserver(() => window.alerts.push(problem.textContent)).observe(problem, { childList: true, characterData: true, subtree: true });
            }
            """);
        await exchange.Page.GetByLabel("Buy price in").FillAsync("100.00");
        await exchange.Page.GetByLabel("Buy amount").PressSequentiallyAsync("0.0555");
        Assert.Empty(await exchange.Page.EvaluateAsync<string[]>("() => window.alerts"));
        await exchange.Page.Keyboard.PressAsync("Tab");
        await Expect(exchange.Problem("buy")).ToHaveTextAsync("The amount must be a multiple of 0.001 SOL.");
    }

    [Fact]
    public async Task A_market_buy_with_all_of_the_money_goes_through_the_book_and_is_accepted()
    {
        await using var maker = await market.Browser.NewPersonAsync(market.Showcase.Address);
        await using var taker = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var selling = await ExchangePage.OpenAsync(maker, "BTCUSDT");
        var buying = await ExchangePage.OpenAsync(taker, "BTCUSDT");
        foreach (var (price, amount) in ((string, string)[])[("200000.00", "0.2"), ("240000.00", "0.3")])
        {
            await selling.PlaceLimitAsync("sell", price, amount);
            await Expect(buying.BookRow("asks", price)).ToBeVisibleAsync();
        }

        await buying.ChooseMarketOrdersAsync();
        await buying.Page.GetByLabel("Buy with a share of what is available").FillAsync("100");
        await Expect(buying.Page.Locator("form.side.buy .average")).ToContainTextAsync("slippage 3.44%");
        await buying.Page.GetByTestId("submit-buy").ClickAsync();

        await Expect(buying.Toasts).ToContainTextAsync("Bought 0.24166 BTC at 206,895.63 on average.");
        await Expect(buying.Problem("buy")).ToHaveTextAsync("");
    }

    [Fact]
    public async Task Who_has_nothing_to_sell_reads_that()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person, "ETHUSDT");
        await exchange.PlaceLimitAsync("sell", "9000.00", "5");
        await Expect(exchange.OpenOrders).ToHaveCountAsync(1);
        await exchange.Page.GetByLabel("Sell with a share of what is available").FillAsync("100");
        await Expect(exchange.Problem("sell")).ToHaveTextAsync("You have no ETH to sell.");
    }

    [Fact]
    public async Task The_share_follows_the_price()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        // Nothing is available before the account is there.
        await Expect(exchange.Page.Locator("form.side.buy p.line", new() { HasText = "Available" })).ToContainTextAsync(new Regex("[1-9]"));
        await exchange.Page.GetByLabel("Buy price in").FillAsync("100.00");
        await exchange.Page.GetByLabel("Buy with a share of what is available").FillAsync("100");
        await exchange.Page.GetByLabel("Buy price in").FillAsync("50.00");
        await Expect(exchange.Page.Locator("form.side.buy output")).ToHaveTextAsync("50%");
    }
    [Fact]
    public async Task A_typed_total_gives_the_amount_and_follows_it()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await exchange.Page.GetByLabel("Buy price in").FillAsync("30.00");
        await exchange.Page.GetByLabel("Buy total in").FillAsync("500");
        await Expect(exchange.Page.GetByLabel("Buy amount")).ToHaveValueAsync("16.666");
        await exchange.Page.GetByLabel("Buy total in").BlurAsync();
        await Expect(exchange.Page.GetByLabel("Buy total in")).ToHaveValueAsync("499.98");
        await exchange.Page.GetByLabel("Buy amount").FillAsync("2");
        await Expect(exchange.Page.GetByLabel("Buy total in")).ToHaveValueAsync("60.00");
        await exchange.Page.GetByTestId("submit-buy").ClickAsync();
        await Expect(exchange.OpenOrders).ToContainTextAsync(["30.00"]);
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>People who trade with each other in a market where nobody else is.</summary>
public sealed class OrderTests(QuietMarket market) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task An_order_appears_in_open_orders_and_in_the_book()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person, "BTCUSDT");
        await exchange.PlaceLimitAsync("buy", "100.00", "0.5");
        await Expect(exchange.OpenOrders).ToContainTextAsync(["100.00"]);
        await Expect(exchange.BookRow("bids", "100.00")).ToHaveAttributeAsync("data-own", "yes");
    }

    [Fact]
    public async Task What_is_available_is_a_dash_until_the_account_arrives()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var wire = await Wire.OfAsync(person.Page);
        wire.Hold(static message => message.Contains("\"balances\"", StringComparison.Ordinal));
        var exchange = await ExchangePage.OpenAsync(person, "BTCUSDT");
        var available = exchange.Page.Locator(".side.buy .line .number").First;
        await Expect(available).ToHaveTextAsync("–");
        wire.Release();
        await Expect(available).ToHaveTextAsync("50,000.00 USDT");
    }

    [Fact]
    public async Task A_cancelled_order_leaves_open_orders_and_the_book()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person, "BTCUSDT");
        await exchange.PlaceLimitAsync("buy", "90.00", "0.5");
        await Expect(exchange.BookRow("bids", "90.00")).ToBeVisibleAsync();
        await exchange.OpenOrders.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(exchange.OpenOrders).ToHaveCountAsync(0);
        await Expect(exchange.BookRow("bids", "90.00")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_market_order_fills_and_shows_in_my_trades()
    {
        await using var maker = await market.Browser.NewPersonAsync(market.Showcase.Address);
        await using var taker = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var selling = await ExchangePage.OpenAsync(maker);
        var buying = await ExchangePage.OpenAsync(taker);
        await selling.PlaceLimitAsync("sell", "140.00", "3");
        await Expect(buying.BookRow("asks", "140.00")).ToBeVisibleAsync();

        await buying.ChooseMarketOrdersAsync();
        await buying.PlaceAsync("buy", "1");
        await buying.ShowMyTradesAsync();

        await Expect(buying.MyTrades).ToHaveCountAsync(1);
        await Expect(buying.MyTrades).ToContainTextAsync("140.00");
        await Expect(buying.Page.GetByTestId("last-price")).ToHaveTextAsync("140.00");
        await Expect(selling.OpenOrders).ToContainTextAsync(["1.000"]);
    }

    [Fact]
    public async Task Two_pages_see_each_others_orders()
    {
        await using var first = await market.Browser.NewPersonAsync(market.Showcase.Address);
        await using var second = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var here = await ExchangePage.OpenAsync(first, "ETHUSDT");
        var there = await ExchangePage.OpenAsync(second, "ETHUSDT");
        await here.PlaceLimitAsync("buy", "50.00", "1");
        await Expect(there.BookRow("bids", "50.00")).ToBeVisibleAsync();
        await there.PlaceLimitAsync("sell", "70.00", "1");
        await Expect(here.BookRow("asks", "70.00")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_price_between_two_ticks_is_refused_in_words_before_it_is_sent()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await exchange.PlaceLimitAsync("buy", "100.005", "1");
        await Expect(exchange.Problem("buy")).ToHaveTextAsync("The price must be a multiple of 0.01 USDT.");
        await Expect(exchange.OpenOrders).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Enter_asks_first_and_Escape_sends_nothing()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person, "ETHUSDT");
        await exchange.Page.GetByLabel("Buy price in").FillAsync("20.00");
        await exchange.Page.GetByLabel("Buy amount").FillAsync("1");
        await exchange.Page.GetByLabel("Buy amount").PressAsync("Enter");
        await Expect(exchange.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await exchange.Page.Keyboard.PressAsync("Escape");
        await Expect(exchange.OpenOrders).ToHaveCountAsync(0);
        await exchange.Page.GetByLabel("Buy amount").PressAsync("Enter");
        await exchange.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Buy ETH" }).PressAsync("Enter");
        await Expect(exchange.OpenOrders).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_arrow_key_moves_the_price_by_one_tick()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        var price = exchange.Page.GetByLabel("Buy price in");
        await price.FillAsync("100.00");
        await price.PressAsync("ArrowUp");
        await Expect(price).ToHaveValueAsync("100.01");
        await price.PressAsync("Shift+ArrowDown");
        await Expect(price).ToHaveValueAsync("99.91");
    }
    [Fact]
    public async Task The_order_history_has_pages()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person, "BTCUSDT");
        // More than a page, slower than ten a second.
        for (var order = 0; order < 26; order++)
        {
            await exchange.PlaceLimitAsync("buy", "10.00", "0.6");
            await Expect(exchange.OpenOrders).ToHaveCountAsync(order + 1);
        }

        await exchange.Tab("history").ClickAsync();
        var rows = exchange.Page.Locator(".account table[aria-label='Order history'] tbody tr");
        await Expect(rows).ToHaveCountAsync(25);
        await exchange.Page.GetByRole(AriaRole.Button, new() { Name = "Older" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(exchange.Page.Locator(".pager")).ToContainTextAsync("26–26 of 26");
    }

    [Fact]
    public async Task Holdings_have_their_value_and_the_sum_of_all()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person, "BTCUSDT");
        await exchange.Tab("balances").ClickAsync();
        var dollars = exchange.Page.Locator(".account table[aria-label='Holdings'] tr[data-key=USDT] td").Last;
        await Expect(dollars).ToHaveTextAsync("50,000.00");
        await Expect(exchange.Page.Locator(".account .worth")).ToContainTextAsync("All together");
    }
}

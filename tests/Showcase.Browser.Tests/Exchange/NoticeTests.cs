using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>What the page says besides its numbers, and where.</summary>
public sealed class NoticeTests(QuietMarket market) : IClassFixture<QuietMarket>
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(1366, 768)]
    [InlineData(1024, 768)]
    [InlineData(390, 844)]
    public async Task Toasts_cover_no_button_of_an_order_and_are_two_at_most(int width, int height)
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address, width, height);
        var exchange = await ExchangePage.OpenAsync(person, "BTCUSDT");
        if (width < 760) await exchange.Page.ClickAsync(".phone-tabs [data-tab=order]");
        for (var order = 1; order <= 4; order++)
        {
            await exchange.PlaceLimitAsync("buy", $"{10 + order}.00", "1");
            await Expect(exchange.Toasts).ToContainTextAsync($"is open at {10 + order}.00.");
        }

        await Expect(exchange.Toasts.Locator(".toast")).ToHaveCountAsync(2);
        foreach (var button in await exchange.Page.Locator(".order-form button:visible, .order-form input:visible").AllAsync())
            Assert.False(await OverlapAsync(exchange.Toasts, button), "a toast covers a part of the order form");
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(1366, 768)]
    public async Task Both_order_buttons_are_in_sight_without_scrolling(int width, int height)
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address, width, height);
        var exchange = await ExchangePage.OpenAsync(person);
        foreach (var side in (string[])["buy", "sell"])
            await Expect(exchange.Page.GetByTestId($"submit-{side}")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task Fills_of_an_order_are_one_toast_with_all_of_it()
    {
        await using var maker = await market.Browser.NewPersonAsync(market.Showcase.Address);
        await using var taker = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var selling = await ExchangePage.OpenAsync(maker);
        var buying = await ExchangePage.OpenAsync(taker);
        await selling.PlaceLimitAsync("sell", "150.00", "3");
        await Expect(buying.BookRow("asks", "150.00")).ToBeVisibleAsync();
        await buying.PlaceLimitAsync("buy", "150.00", "1");
        await Expect(selling.Toasts).ToContainTextAsync("Sold 1 of 3 SOL at 150.00.");
        await buying.PlaceLimitAsync("buy", "150.00", "2");
        await Expect(selling.Toasts).ToContainTextAsync("Sold 3 SOL at 150.00.");
        await Expect(selling.Toasts.Locator(".toast")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_refusal_moves_no_button()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address, 1366, 768);
        await using var other = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        var selling = await ExchangePage.OpenAsync(other);
        // The chart's legend, which moves what is below, is there once there is a candle.
        await selling.PlaceLimitAsync("sell", "150.00", "1");
        await Expect(exchange.BookRow("asks", "150.00")).ToBeVisibleAsync();
        await exchange.PlaceLimitAsync("buy", "150.00", "1");
        await Expect(exchange.Page.Locator(".legend .ma99")).ToContainTextAsync("MA 99");
        var button = exchange.Page.GetByTestId("submit-sell");
        var before = await button.BoundingBoxAsync();
        await exchange.PlaceLimitAsync("sell", "99999.00", "90001");
        await Expect(exchange.Problem("sell")).Not.ToHaveTextAsync("");
        Assert.Equal(before!.Y, (await button.BoundingBoxAsync())!.Y);
        await exchange.ChooseMarketOrdersAsync();
        Assert.Equal(before.Y, (await button.BoundingBoxAsync())!.Y);
    }

    [Fact]
    public async Task The_title_follows_the_price_while_the_tab_is_hidden()
    {
        await using var maker = await market.Browser.NewPersonAsync(market.Showcase.Address);
        await using var taker = await market.Browser.NewPersonAsync(market.Showcase.Address);
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address);
        var selling = await ExchangePage.OpenAsync(maker, "ETHUSDT");
        var buying = await ExchangePage.OpenAsync(taker, "ETHUSDT");
        var away = await ExchangePage.OpenAsync(person, "ETHUSDT");
        await person.HideAsync();

        await selling.PlaceLimitAsync("sell", "4321.00", "1");
        await Expect(buying.BookRow("asks", "4321.00")).ToBeVisibleAsync();
        await buying.PlaceLimitAsync("buy", "4321.00", "1");

        await Expect(away.Page).ToHaveTitleAsync("4,321.00 ETH/USDT · Duplex");
    }

    [Fact]
    public async Task On_a_phone_an_open_order_has_its_Cancel_in_sight()
    {
        await using var person = await market.Browser.NewPersonAsync(market.Showcase.Address, 390, 844);
        var exchange = await ExchangePage.OpenAsync(person, "BTCUSDT");
        await exchange.Page.ClickAsync(".phone-tabs [data-tab=order]");
        await exchange.PlaceLimitAsync("buy", "77.00", "1");
        var cancel = await exchange.OpenOrders.First.GetByRole(AriaRole.Button).BoundingBoxAsync();
        Assert.InRange(cancel!.X + cancel.Width, 0, 390);
        await exchange.CancelAsync(0);
        await Expect(exchange.OpenOrders).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_order_can_be_sent_from_a_page_that_is_no_secure_context()
    {
        var address = new UriBuilder(market.Showcase.Address) { Host = Browser.NameOnTheNetwork }.Uri;
        await using var person = await market.Browser.NewPersonAsync(address);
        var exchange = await ExchangePage.OpenAsync(person, "ETHUSDT");
        Assert.False(await exchange.Page.EvaluateAsync<bool>("() => isSecureContext"));
        await exchange.PlaceLimitAsync("buy", "3333.00", "1");
        await Expect(exchange.OpenOrders).ToContainTextAsync(["3,333.00"]);
    }

    private static async Task<bool> OverlapAsync(ILocator one, ILocator other)
    {
        var (a, b) = (await one.BoundingBoxAsync(), await other.BoundingBoxAsync());
        return a!.X < b!.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>The page while the market moves by itself.</summary>
public sealed class LiveMarketTests(LiveMarket live) : IClassFixture<LiveMarket>
{
    [Fact]
    public async Task The_book_moves_without_a_gap()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        var before = await exchange.BookFoot.TextContentAsync();
        await Expect(exchange.BookFoot).Not.ToHaveTextAsync(before!);
        await Expect(exchange.BookFoot).ToHaveAttributeAsync("data-gaps", "0");
    }

    [Fact]
    public async Task The_last_price_is_the_same_everywhere_in_every_frame()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await Expect(exchange.Page.Locator(".legend .close").First).ToContainTextAsync("C");
        var seen = await exchange.Page.EvaluateAsync<string[]>("""
            async () => {
              const read = (selector) => document.querySelector(selector).textContent;
              const seen = new Set();
              for (let frame = 0; frame < 240; frame++) {
                await new Promise((resolve) => requestAnimationFrame(resolve));
                // After this frame's drawing, before the next message.
                await new Promise((resolve) => queueMicrotask(resolve));
                seen.add([
                  read('[data-testid=last-price]'),
                  read('[data-testid=book-last]'),
                  read('.tape-rows .row > span'),
                  read('.chart .legend .close').replace('C ', ''),
                ].join(' '));
              }
              return [...seen];
            }
            """);
        Assert.True(seen.Length > 1, "the price never moved");
        Assert.All(seen, prices => Assert.Single(prices.Split(' ').Distinct()));
    }

    [Fact]
    public async Task The_page_returns_after_the_server_dropped_it_and_no_trade_is_missing()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        var tape = exchange.Page.Locator(".tape-rows");
        await Expect(tape).Not.ToHaveAttributeAsync("data-newest", "0");
        var before = await NumberAsync(tape, "data-newest");

        live.Showcase.DropEveryConnection();

        await Expect(exchange.Pill).ToHaveAttributeAsync("data-state", "recovered");
        await exchange.Page.WaitForFunctionAsync(
            "before => Number(document.querySelector('.tape-rows').dataset.newest) > before", before);
        await Expect(tape).ToHaveAttributeAsync("data-missing", "0");
        var ids = await exchange.Page.EvaluateAsync<long[]>(
            "() => ['newest', 'oldest', 'count'].map((name) => Number(document.querySelector('.tape-rows').dataset[name]))");
        Assert.Equal(ids[2], ids[0] - ids[1] + 1);
    }

    [Fact]
    public async Task Another_interval_brings_its_own_candles()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await exchange.Page.GetByRole(AriaRole.Button, new() { Name = "1h", Exact = true }).ClickAsync();
        await Expect(exchange.Page.Locator(".chart > .notice")).ToBeHiddenAsync();
        await Expect(exchange.Page.Locator(".chart .legend .open")).ToContainTextAsync("O");
    }

    [Fact]
    public async Task An_unknown_market_offers_those_that_exist()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        await person.Page.GotoAsync("/exchange/NOPEUSDT");
        await Expect(person.Page.Locator(".notice")).ToContainTextAsync("There is no market NOPEUSDT");
        await Expect(person.Page.GetByRole(AriaRole.Link, new() { Name = "SOL/USDT" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_start_page_shows_the_markets_live()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        await person.Page.GotoAsync("/");
        await Expect(person.Page.Locator(".quote")).ToHaveCountAsync(3);
        await Expect(person.Page.Locator(".quote .number").First).Not.ToHaveTextAsync("–");
    }

    private static async Task<long> NumberAsync(ILocator locator, string attribute) =>
        long.Parse((await locator.GetAttributeAsync(attribute))!, System.Globalization.CultureInfo.InvariantCulture);
}

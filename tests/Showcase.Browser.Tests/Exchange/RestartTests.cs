using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Showcase.Exchange;
using Showcase.Exchange.Simulation;
using Showcase.Exchange.Wire;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>The server starts anew under an open page. Afterwards every number is one of the new run.</summary>
public sealed class RestartTests(LiveMarket live) : IClassFixture<LiveMarket>
{
    // Everything on the page that states a fact; the footers count changes and the ids of trades.
    private static readonly string[] Facts =
    [
        "[data-testid=last-price]", ".strip [data-name]:not([data-name=delay])", ".book .sides", ".book .ratio", ".book footer",
        ".legend", ".markets", ".tape-rows", ".tape footer", ".account [role=tab]", ".side .line", ".side.sell input",
    ];

    [Fact]
    public async Task Every_number_is_the_servers_after_a_restart()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await Expect(exchange.Page.Locator(".tape-rows")).Not.ToHaveAttributeAsync("data-newest", "0");
        await exchange.PlaceLimitAsync("buy", "50.00", "1");
        await Expect(exchange.OpenOrders).ToHaveCountAsync(1);
        await exchange.ChooseMarketOrdersAsync();
        await exchange.PlaceAsync("buy", "1");
        await Expect(exchange.Tab("open")).ToHaveTextAsync("Open orders (1)");
        await exchange.ShowMyTradesAsync();
        await Expect(exchange.MyTrades.First).ToBeVisibleAsync();
        await exchange.Page.ClickAsync(".tape [data-tab=market]");
        await exchange.Page.ClickAsync(".order-form [data-tab=limit]");

        await live.Showcase.RestartAsync(MarketRate.Off);
        await TradeAmongOthersAsync();

        await Expect(exchange.Page.Locator("main")).ToHaveAttributeAsync("data-live", "yes");
        await Expect(exchange.Toasts).ToContainTextAsync("The server restarted and opened a new demo account.");
        var fresh = new ExchangePage(await person.NewPageAsync());
        await fresh.Page.GotoAsync("/exchange/SOLUSDT");
        await Expect(fresh.BookFoot).ToContainTextAsync("change");
        await Expect(fresh.Page.Locator(".tape .row:visible")).ToHaveCountAsync(2);
        await Expect(fresh.Page.Locator(".legend .ma99")).ToContainTextAsync("MA 99");
        await Expect(fresh.Page.GetByTestId("last-price")).ToHaveTextAsync("141.00");
        foreach (var selector in Facts) await ExpectTheSameAsync(fresh.Page, exchange.Page, selector);
        foreach (var tab in (string[])["history", "fills", "balances", "open"])
        {
            foreach (var page in (ExchangePage[])[fresh, exchange]) await page.Tab(tab).ClickAsync();
            await ExpectTheSameAsync(fresh.Page, exchange.Page, ".account");
        }

        // What is compared with is the server's own word, not only that of another page.
        var (ticker, trades) = await Exchange.RunAsync((venue, now) => (
            venue.Find("SOLUSDT").Data.Ticker(now), venue.Find("SOLUSDT").Data.Tape.Latest(10).Select(trade => trade.Id).ToArray()));
        await Expect(exchange.Page.GetByTestId("last-price")).ToHaveTextAsync(ticker.Last);
        await Expect(exchange.Page).ToHaveTitleAsync($"{ticker.Last} SOL/USDT · Duplex");
        await Expect(exchange.Page.Locator(".tape-rows")).ToHaveAttributeAsync("data-newest", $"{trades.Max()}");
        await Expect(exchange.Page.Locator(".tape-rows")).ToHaveAttributeAsync("data-count", $"{trades.Length}");
        await Expect(exchange.Tab("open")).ToHaveTextAsync("Open orders (0)");
        await Expect(exchange.Page.Locator(".rows [data-own=yes]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_tape_goes_on_with_the_trades_of_the_new_run()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        await Expect(exchange.Page.Locator(".tape-rows")).Not.ToHaveAttributeAsync("data-newest", "0");

        await live.Showcase.RestartAsync(MarketRate.Normal);

        var newest = await Exchange.RunAsync((venue, _) => venue.Find("SOLUSDT").Engine.LastTradeId);
        await exchange.Page.WaitForFunctionAsync(
            """
            newest => {
              const { live } = document.querySelector('main').dataset;
              const tape = document.querySelector('.tape-rows').dataset;
              const [last, oldest, count, missing] = [tape.newest, tape.oldest, tape.count, tape.missing].map(Number);
              return live === 'yes' && last > newest && missing === 0 && last - oldest + 1 === count
                && document.querySelector('[data-testid=last-price]').textContent === document.querySelector('.tape-rows .row > span').textContent
                && document.title.startsWith(document.querySelector('[data-testid=last-price]').textContent);
            }
            """,
            newest);
    }

    [Fact]
    public async Task A_click_on_Cancel_of_an_order_that_is_gone_takes_its_row_away()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var wire = await Wire.OfAsync(person.Page);
        var exchange = await ExchangePage.OpenAsync(person);
        await exchange.PlaceLimitAsync("buy", "50.00", "1");
        await Expect(exchange.OpenOrders).ToHaveCountAsync(1);
        var other = new ExchangePage(await person.NewPageAsync());
        await other.Page.GotoAsync("/exchange/SOLUSDT");
        wire.Hold(message => message.Contains("\"channel\":\"account:", StringComparison.Ordinal));
        await other.CancelAsync(0);
        await Expect(other.OpenOrders).ToHaveCountAsync(0);
        await Expect(exchange.OpenOrders).ToHaveCountAsync(1);

        await exchange.CancelAsync(0);

        await Expect(exchange.OpenOrders).ToHaveCountAsync(0);
        await Expect(exchange.Toasts).ToContainTextAsync("That order was no longer open.");
    }

    [Fact]
    public async Task After_a_reconnect_the_page_is_out_of_date_until_the_market_is_here_again()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var wire = await Wire.OfAsync(person.Page);
        var exchange = await ExchangePage.OpenAsync(person);
        await Expect(exchange.Page.Locator("main")).ToHaveAttributeAsync("data-live", "yes");
        wire.HoldFrom(message => message.Contains("\"subscribe\":", StringComparison.Ordinal));

        live.Showcase.DropEveryConnection();

        await Expect(exchange.Pill).ToHaveAttributeAsync("data-state", "recovered");
        await Expect(exchange.Banner).ToContainTextAsync("Reloading the market");
        await Expect(exchange.Page.GetByTestId("submit-buy")).ToBeDisabledAsync();
        wire.Release();
        await Expect(exchange.Banner).ToBeHiddenAsync();
        await Expect(exchange.Page.GetByTestId("submit-buy")).ToBeEnabledAsync();
    }

    // As the page's JSON.stringify writes it.
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private ExchangeLoop Exchange => live.Showcase.Services.GetRequiredService<ExchangeLoop>();

    private static async Task ExpectTheSameAsync(IPage expected, IPage actual, string selector)
    {
        const string Read = "nodes => nodes.map((node) => node.value ?? node.innerText)";
        var facts = await expected.Locator(selector).EvaluateAllAsync<string[]>(Read);
        Assert.NotEmpty(facts);
        try
        {
            await actual.WaitForFunctionAsync(
                $"([selector, facts]) => JSON.stringify(({Read})([...document.querySelectorAll(selector)])) === facts",
                new object[] { selector, JsonSerializer.Serialize(facts, Unescaped) });
        }
        catch (TimeoutException)
        {
            Assert.Equal(facts, await actual.Locator(selector).EvaluateAllAsync<string[]>(Read));
        }
    }

    /// <summary>Two people whom nobody sees trade at 140 and 141 and leave orders on both sides.</summary>
    private async Task TradeAmongOthersAsync()
    {
        await Exchange.RunAsync((venue, now) =>
        {
            foreach (var user in (string[])["maker", "taker"]) venue.Accounts.Enter(user, "192.0.2.1", now);
            Place("maker", "sell", "140", "1");
            Place("taker", "buy", "140", "1");
            Place("maker", "sell", "141", "3");
            Place("taker", "buy", "141", "1");
            Place("taker", "buy", "139", "4");
            return true;

            void Place(string user, string side, string price, string quantity) =>
                venue.Place(user, new PlaceOrderParams("SOLUSDT", side, "limit", price, quantity, null, null, null), now);
        });
    }
}

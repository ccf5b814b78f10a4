using System.Net;
using Microsoft.Playwright;
using Showcase.Lines;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>A busy market through a line that cannot carry it: prices that look live and are not.</summary>
public sealed class SlowLineTests(BusyMarket live) : IClassFixture<BusyMarket>
{
    private static readonly LocatorAssertionsToHaveAttributeOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task Prices_that_are_late_are_said_to_be_and_orders_ask_first()
    {
        await using var line = LineTo(live.Showcase.Address);
        await using var person = await live.Browser.NewPersonAsync(AddressOf(line));
        var exchange = await ExchangePage.OpenAsync(person);
        await Expect(exchange.Page.Locator(".strip [data-name=delay]")).ToContainTextAsync("ms");
        await exchange.Page.EvaluateAsync("""
            () => {
              const pill = document.querySelector('.pill');
              new MutationObserver(() => {
                if (pill.dataset.state === 'late') window.firstLate ??= pill.textContent;
              }).observe(pill, { subtree: true, attributes: true, childList: true, characterData: true });
            }
            """);

        line.Settings = new LineSettings { BytesPerSecond = 10_000 };

        await Expect(exchange.Pill).ToHaveAttributeAsync("data-state", "late", Patient);
        await Expect(exchange.Banner).ToContainTextAsync("Late: these prices are");
        // What is two seconds old is called late before it is four seconds old.
        await exchange.Page.WaitForFunctionAsync("() => window.firstLate !== undefined");
        Assert.Matches("late · [23] s", await exchange.Page.EvaluateAsync<string>("() => window.firstLate"));

        await exchange.PlaceLimitAsync("buy", "50.00", "1");
        await Expect(exchange.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("s old, and the market may have moved");
        await exchange.Page.Keyboard.PressAsync("Escape");
        await Expect(exchange.OpenOrders).ToHaveCountAsync(0);

        line.Settings = new LineSettings();

        await Expect(exchange.Banner).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(exchange.Pill).Not.ToHaveAttributeAsync("data-state", "late", Patient);
        await exchange.Page.GetByTestId("submit-buy").ClickAsync();
        await Expect(exchange.OpenOrders).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_page_that_opens_on_a_line_that_is_too_slow_is_late_from_the_start()
    {
        await using var line = LineTo(live.Showcase.Address);
        await using var person = await live.Browser.NewPersonAsync(AddressOf(line));
        // The second visit has the scripts at hand: only the market has to pass.
        await ExchangePage.OpenAsync(person);
        line.Settings = new LineSettings { BytesPerSecond = 15_000 };
        await person.Page.ReloadAsync();
        var exchange = new ExchangePage(person.Page);
        await Expect(exchange.Pill).ToHaveAttributeAsync("data-state", "late", Patient);
        await Expect(exchange.BookFoot).ToContainTextAsync("change", new() { Timeout = 60_000 });
        await Expect(exchange.Banner).ToContainTextAsync("Late: these prices are", new() { Timeout = 60_000 });
    }

    private static Line LineTo(Uri server) => new(new IPEndPoint(IPAddress.Loopback, server.Port), new LineSettings(), TimeProvider.System);

    private static Uri AddressOf(Line line) => new($"http://127.0.0.1:{line.Port}");
}

using Microsoft.Playwright;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>What a person does on the exchange's page.</summary>
public sealed class ExchangePage(IPage page)
{
    public IPage Page => page;

    public ILocator Pill => page.Locator(".pill");

    public ILocator Banner => page.Locator(".stale-banner");

    public ILocator Toasts => page.Locator(".toasts");

    public ILocator Tab(string id) => page.Locator($".account [data-tab={id}]");

    public ILocator OpenOrders => page.Locator(".account table[aria-label='Open orders'] tbody tr");

    public ILocator MyTrades => page.Locator(".tape .row:visible");

    public ILocator BookFoot => page.GetByTestId("book-gaps");

    public static async Task<ExchangePage> OpenAsync(Person person, string symbol = "SOLUSDT")
    {
        await person.Page.GotoAsync($"/exchange/{symbol}");
        var opened = new ExchangePage(person.Page);
        await Assertions.Expect(opened.Pill).ToHaveAttributeAsync("data-state", "connected");
        await Assertions.Expect(opened.BookFoot).ToContainTextAsync("change");
        return opened;
    }

    public async Task ChooseMarketOrdersAsync() => await page.ClickAsync(".order-form [data-tab=market]");

    public async Task ShowMyTradesAsync() => await page.ClickAsync(".tape [data-tab=mine]");

    public ILocator BookRow(string side, string price) => page.Locator($".rows.{side} .row[data-price='{price}']");

    public async Task PlaceLimitAsync(string side, string price, string amount)
    {
        await Form(side).GetByLabel("price in").FillAsync(price);
        await PlaceAsync(side, amount);
    }

    public async Task PlaceAsync(string side, string amount)
    {
        await Form(side).GetByLabel("amount", new() { Exact = false }).First.FillAsync(amount);
        await page.GetByTestId($"submit-{side}").ClickAsync();
    }

    public Task CancelAsync(int row) => OpenOrders.Nth(row).GetByRole(AriaRole.Button).ClickAsync();

    public ILocator Problem(string side) => Form(side).Locator(".problem");

    private ILocator Form(string side) => page.Locator($"form.side.{side}");
}

using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Board;

/// <summary>What a person does on the watch board.</summary>
public sealed class BoardPage(IPage page)
{
    public IPage Page => page;

    public ILocator Rows => page.Locator(".body .row");

    public ILocator Selected => page.Locator(".body .row[aria-selected=true]");

    public ILocator Shown => page.GetByLabel("Instruments shown");

    public ILocator Alerts => page.Locator(".alerts li");

    public ILocator Counts => page.Locator(".counts");

    public static async Task<BoardPage> OpenAsync(IPage page)
    {
        await page.GotoAsync("/board");
        var board = new BoardPage(page);
        await Expect(board.Rows.First.Locator(".price")).Not.ToHaveTextAsync("–");
        return board;
    }

    public ILocator Row(string symbol) => page.Locator($".body .row[data-symbol={symbol}]");

    public ILocator Reader(string id) => page.Locator($".reader[data-reader={id}]");

    public ILocator Figure(string reader, string name) => Reader(reader).Locator($"[data-name={name}]");

    public async Task<double> NumberAsync(string reader, string name) =>
        double.Parse((await Figure(reader, name).InnerTextAsync()).Split(' ')[0], NumberStyles.Number, CultureInfo.InvariantCulture);

    /// <summary>Creates a list by the dialog.</summary>
    public async Task CreateListAsync(string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "New list", Exact = true }).ClickAsync();
        await page.GetByLabel("Name of the list").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
    }

    /// <summary>The symbols of the rows, in their order.</summary>
    public Task<string[]> OrderAsync() => Rows.EvaluateAllAsync<string[]>("rows => rows.map((row) => row.dataset.symbol)");
}

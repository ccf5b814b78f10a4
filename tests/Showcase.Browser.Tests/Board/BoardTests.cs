using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Showcase.Board.Market;
using Showcase.Board.Watching;
using Showcase.Visitors;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Board;

/// <summary>A person at the watch board.</summary>
public sealed partial class BoardTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const string Symbol = "ARVE";

    [Fact]
    public async Task Each_price_has_an_age_and_one_from_a_cut_line_is_late_until_the_line_is_back()
    {
        await using var ada = await PersonAsync("Ada");
        var board = await BoardPage.OpenAsync(ada.Page);
        await Expect(board.Rows).ToHaveCountAsync(403);
        await Expect(board.Row(Symbol).Locator(".age")).ToHaveTextAsync(Age());
        await Expect(board.Row(Symbol)).Not.ToHaveAttributeAsync("data-late", "yes");

        await ada.LoseNetworkAsync();
        await Expect(board.Row(Symbol)).ToHaveAttributeAsync("data-late", "yes");
        await Expect(board.Row(Symbol).Locator(".price")).ToHaveTextAsync(Price());

        await ada.FindNetworkAsync();
        await Expect(board.Row(Symbol)).Not.ToHaveAttributeAsync("data-late", "yes");
    }

    [Fact]
    public async Task The_server_sends_the_rows_of_the_chosen_sector_alone()
    {
        await using var ada = await PersonAsync("Ada");
        await ada.Page.AddInitScriptAsync("localStorage.setItem('duplex.board-rows', 'sector:energy')");
        var symbols = new HashSet<string>();
        ada.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            lock (symbols) symbols.UnionWith(SymbolsOf(frame.Text ?? ""));
        };
        var board = await BoardPage.OpenAsync(ada.Page);
        await Expect(board.Rows).ToHaveCountAsync(Universe.SectorSize);
        await Expect(board.Counts).ToHaveTextAsync(SomePrices());

        lock (symbols)
        {
            Assert.NotEmpty(symbols);
            Assert.All(symbols, static symbol => Assert.Equal("energy", Universe.Find(symbol)?.Sector));
        }
    }

    [Fact]
    public async Task An_alert_is_set_by_keyboard_and_one_that_fired_while_no_page_was_open_is_there_afterwards()
    {
        var key = $"{Guid.NewGuid()}".PadRight(64, '.');
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada", key);
        var board = await BoardPage.OpenAsync(ada.Page);
        await board.Row(Symbol).ClickAsync();
        await ada.Page.Keyboard.PressAsync("a");
        await Expect(ada.Page.GetByLabel("Alert at the price")).ToBeFocusedAsync();
        await ada.Page.GetByLabel("Alert at the price").FillAsync("999.5");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Alerts).ToContainTextAsync([$"{Symbol} above 999.50"]);

        // While no board is open, a price is reached.
        await ada.Page.GotoAsync("/docs");
        var store = showcase.Showcase.Services.GetRequiredService<WatchStore>();
        using (await store.Turns.TakeAsync(TestContext.Current.CancellationToken))
            store.Add(Visitor.UserOf(key), new("reached1", Symbol, "above", "0.01", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        await BoardPage.OpenAsync(ada.Page);

        await Expect(board.Alerts).ToContainTextAsync([$"{Symbol} was at or above 0.01: ", $"{Symbol} above 999.50"]);
        await board.Alerts.First.GetByRole(AriaRole.Button, new() { Name = $"Dismiss the alert of {Symbol}" }).ClickAsync();
        await Expect(board.Alerts).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_list_is_the_same_in_two_windows_and_after_a_reload()
    {
        await using var ada = await PersonAsync("Ada");
        var here = await BoardPage.OpenAsync(ada.Page);
        var there = await BoardPage.OpenAsync(await ada.NewPageAsync());
        await here.CreateListAsync("Mine");
        await Expect(here.Page.Locator(".table > .notice")).ToContainTextAsync("This list is empty");
        await here.Shown.SelectOptionAsync(new SelectOptionValue { Label = "All instruments" });

        // Each window adds an instrument.
        foreach (var (board, symbol) in new[] { (here, "ARVE"), (there, "ASTE") })
        {
            await board.Row(symbol).ClickAsync();
            await board.Page.Locator(".detail").GetByRole(AriaRole.Button, new() { Name = "Mine" }).ClickAsync();
        }

        foreach (var board in (BoardPage[])[here, there])
        {
            await board.Shown.SelectOptionAsync(new SelectOptionValue { Label = "Mine (2)" });
            await Expect(board.Rows).ToHaveCountAsync(2);
        }

        await there.Page.ReloadAsync();
        await Expect(there.Rows).ToHaveCountAsync(2);
        await Expect(there.Shown.Locator("option:checked")).ToHaveTextAsync("Mine (2)");

        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Remove list" }).ClickAsync();
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(there.Rows).ToHaveCountAsync(403);
    }

    [Fact]
    public async Task The_order_changes_at_most_every_two_seconds_and_never_under_the_pointer()
    {
        await using var ada = await PersonAsync("Ada");
        var board = await BoardPage.OpenAsync(ada.Page);
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Age" }).ClickAsync();
        await ada.Page.EvaluateAsync("""
            () => {
              window.changes = [];
              new MutationObserver(() => window.changes.push(performance.now())).observe(document.querySelector('.body'), { childList: true });
            }
            """);
        await ada.Page.WaitForFunctionAsync("() => window.changes.length >= 3");
        var waits = await ada.Page.EvaluateAsync<double[]>("() => window.changes.slice(1).map((at, index) => at - window.changes[index])");
        Assert.All(waits, static wait => Assert.True(wait > 1900, $"The order changed after {wait} ms."));

        await board.Row((await board.OrderAsync())[3]).HoverAsync();
        await Expect(ada.Page.Locator(".prices > footer")).ToContainTextAsync("The order waits");
        var before = await board.OrderAsync();
        await ada.Page.EvaluateAsync("""
            () => {
              window.changes = [];
              window.ages = 0;
              // Rows that are not on the screen, the first perhaps among them, are not drawn.
              const isAge = ({ target }) => (target.closest ? target : target.parentElement)?.closest('.age');
              new MutationObserver((records) => (window.ages += records.filter(isAge).length)).observe(
                document.querySelector('.body'),
                { childList: true, characterData: true, subtree: true },
              );
            }
            """);
        await ada.Page.WaitForFunctionAsync("() => window.ages >= 5");
        Assert.Equal(0, await ada.Page.EvaluateAsync<int>("() => window.changes.length"));
        Assert.Equal(before, await board.OrderAsync());

        await ada.Page.Mouse.MoveAsync(5, 5);
        await ada.Page.WaitForFunctionAsync("() => window.changes.length > 0");
    }

    [Fact]
    public async Task A_paused_board_receives_nothing_and_goes_on_with_the_prices_of_that_moment()
    {
        await using var ada = await PersonAsync("Ada");
        var board = await BoardPage.OpenAsync(ada.Page);
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(board.Counts).ToHaveTextAsync("Paused: nothing is received.");
        await Expect(board.Row(Symbol)).ToHaveAttributeAsync("data-late", "yes");

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();

        await Expect(board.Row(Symbol)).Not.ToHaveAttributeAsync("data-late", "yes");
        await Expect(board.Counts).ToHaveTextAsync(SomePrices());
    }

    [Fact]
    public async Task The_board_is_used_by_keyboard_alone_on_a_phone()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, width: 390, height: 844);
        var board = await BoardPage.OpenAsync(ada.Page);
        Assert.True(await ada.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await ada.Page.Keyboard.PressAsync("g");
        await Expect(board.Rows.First).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(board.Rows.Nth(1)).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("End");
        await Expect(board.Rows.Last).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("/");
        await ada.Page.Keyboard.TypeAsync("btc");
        await Expect(board.Rows).ToHaveCountAsync(1);
        await Expect(board.Selected).ToHaveAttributeAsync("data-symbol", "BTCUSDT");
        await ada.Page.Locator(".body .row").First.FocusAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page).ToHaveURLAsync(new Regex("/exchange/BTCUSDT$"));
    }

    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name, $"{name}-{Guid.NewGuid()}");

    private static IEnumerable<string> SymbolsOf(string frame) => frame.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => JsonElement.Parse(line))
        .Where(static message => message.TryGetProperty("push", out var push) && push.TryGetProperty("channel", out var channel) && channel.GetString() == "board:all")
        .Select(static message => message.GetProperty("push").GetProperty("pub").GetProperty("data").GetProperty("s").GetString()!);

    [GeneratedRegex(@"^[0-9]+\.[0-9] s$")]
    private static partial Regex Age();

    [GeneratedRegex(@"^[0-9]+\.[0-9]+$")]
    private static partial Regex Price();

    [GeneratedRegex("^[1-9][0-9]* prices a second")]
    private static partial Regex SomePrices();
}

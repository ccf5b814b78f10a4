using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Showcase.Lines;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Exchange;

/// <summary>A busy market through a line that cannot carry all of it: less often, and never old unless the page says so.</summary>
public sealed partial class SlowLineTests(BusyMarket live) : IClassFixture<BusyMarket>
{
    [Fact]
    public async Task Prices_that_are_late_are_said_to_be_and_orders_ask_first()
    {
        await using var line = LineTo(live.Showcase.Address);
        await using var person = await live.Browser.NewPersonAsync(AddressOf(line));
        var exchange = await ExchangePage.OpenAsync(person);
        await Expect(exchange.Page.Locator(".strip [data-name=delay]")).ToContainTextAsync("ms");

        // Less than the partial feed takes.
        line.Settings = new LineSettings { BytesPerSecond = 600 };

        await Expect(exchange.Pill).ToHaveAttributeAsync("data-state", "late");
        await Expect(exchange.Banner).ToContainTextAsync("Late: these prices are");
        await Expect(exchange.Pill).ToHaveTextAsync(new Regex(@"late · \d+ s"));

        await exchange.PlaceLimitAsync("buy", "50.00", "1");
        await Expect(exchange.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("s old, and the market may have moved");
        await exchange.Page.Keyboard.PressAsync("Escape");
        await Expect(exchange.OpenOrders).ToHaveCountAsync(0);

        line.Settings = new LineSettings();

        await Expect(exchange.Banner).ToBeHiddenAsync();
        await Expect(exchange.Pill).Not.ToHaveAttributeAsync("data-state", "late");
        await exchange.Page.GetByTestId("submit-buy").ClickAsync();
        await Expect(exchange.OpenOrders).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_page_that_opens_on_a_slow_line_has_the_best_levels_in_time_and_the_whole_book_on_a_fast_one()
    {
        await using var line = LineTo(live.Showcase.Address);
        await using var person = await live.Browser.NewPersonAsync(AddressOf(line));
        // The second visit has the scripts at hand: only the market has to pass.
        await ExchangePage.OpenAsync(person);
        await Expect(Content(person)).ToHaveAttributeAsync("data-feed", "full");
        line.Settings = new LineSettings { BytesPerSecond = 4000 };
        await person.Page.ReloadAsync();
        var exchange = new ExchangePage(person.Page);
        await Expect(Content(person)).ToHaveAttributeAsync("data-feed", "partial");
        await Expect(exchange.BookFoot).ToContainTextAsync("slow line: best levels, once a second · change");
        await Expect(Content(person)).ToHaveAttributeAsync("data-live", "yes");
        await Expect(exchange.Page.Locator(".chart > .notice")).ToBeHiddenAsync();
        Assert.InRange(await exchange.Page.Locator(".rows.asks .row[data-price*='.']").CountAsync(), 1, 10);

        line.Settings = new LineSettings();

        await Expect(Content(person)).ToHaveAttributeAsync("data-feed", "full");
        await Expect(exchange.BookFoot).ToContainTextAsync("gaps 0 · change");
        await Expect(exchange.Page.Locator(".tape footer")).ToHaveTextAsync("trade ids without a gap");
    }

    [Fact]
    public async Task On_a_modem_the_page_requests_less_than_the_line_carries_and_stays_connected()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        var arrivals = System.Threading.Channels.Channel.CreateUnbounded<(long SentAt, long Age, int Received)>();
        var received = 0;
        person.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            received += frame.Text?.Length ?? 0;
            foreach (Match match in DepthTime().Matches(frame.Text ?? ""))
            {
                var sentAt = long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                arrivals.Writer.TryWrite((sentAt, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - sentAt, received));
            }
        };
        var exchange = await ExchangePage.OpenAsync(person);
        await Expect(Content(person)).ToHaveAttributeAsync("data-feed", "full");
        await person.ChooseLineAsync("modem (200 ms, 4 kB/s)");
        await Expect(Content(person)).ToHaveAttributeAsync("data-feed", "partial");
        await Expect(Content(person)).ToHaveAttributeAsync("data-live", "yes");
        await exchange.Page.EvaluateAsync("""
            () => {
              const pill = document.querySelector('.pill');
              new MutationObserver(() => {
                if (pill.dataset.state === 'reconnecting') window.lost ??= pill.title;
              }).observe(pill, { attributes: true });
            }
            """);

        // What was requested before is under way first.
        for (var i = 0; i < 3; i++) await arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken);
        var measured = new List<(long SentAt, long Age, int Received)>();
        while (measured.Count < 20) measured.Add(await arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Null(await exchange.Page.EvaluateAsync<string?>("() => window.lost"));
        var seconds = (measured[^1].SentAt + measured[^1].Age - measured[0].SentAt - measured[0].Age) / 1000.0;
        Assert.InRange((measured[^1].Received - measured[0].Received) / seconds, 1, 3000);

        // Prices of a line that falls behind grow older with each publication.
        Assert.True(measured[10..].Min(static arrival => arrival.Age) < 2000, string.Join(' ', measured));
    }

    private static ILocator Content(Person person) => person.Page.Locator("main");

    private static Line LineTo(Uri server) => new(new IPEndPoint(IPAddress.Loopback, server.Port), new LineSettings(), TimeProvider.System);

    private static Uri AddressOf(Line line) => new($"http://127.0.0.1:{line.Port}");

    [GeneratedRegex("\"channel\":\"depth:.*?\"time\":(\\d+),\"bids\"")]
    private static partial Regex DepthTime();
}

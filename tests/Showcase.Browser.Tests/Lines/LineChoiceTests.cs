using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Showcase.Browser.Tests.Chat;
using Showcase.Exchange.Simulation;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Lines;

/// <summary>The choice of the line in the wire panel, which every page has.</summary>
public sealed partial class LineChoiceTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_slow_line_is_chosen_by_keyboard_and_its_round_trip_is_displayed_and_a_reload_keeps_it()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await ChatPage.OpenAsync(ada, "random");
        var pill = ada.Page.Locator(".pill");
        await ada.Page.Locator(".messages").FocusAsync();
        await ada.Page.Keyboard.PressAsync("w");
        await Choice(ada).FocusAsync();
        await ada.Page.Keyboard.TypeAsync("3G");
        await Expect(Choice(ada)).ToHaveValueAsync("3g");

        await Expect(pill).ToHaveTextAsync(ConnectedBy3G());
        Assert.InRange(await RoundTripAsync(pill), 100, 5000);

        await ada.Page.ReloadAsync();
        await Expect(pill).ToHaveTextAsync(ConnectedBy3G());
        Assert.InRange(await RoundTripAsync(pill), 100, 5000);
        await ada.ChooseLineAsync("as it is");
        await Expect(pill).Not.ToContainTextAsync("3G");
    }

    [Fact]
    public async Task What_was_written_and_missed_without_a_signal_arrives_once_afterwards()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var away = await ChatPage.OpenAsync(ada, "engineering");
        var there = await ChatPage.OpenAsync(bob, "engineering");
        await ada.ChooseLineAsync("4G (40 ms, 1.5 MB/s)");
        await Expect(ada.Page.Locator(".pill")).ToHaveTextAsync(ConnectedBy4G());
        await ada.ChooseLineAsync("no signal (nothing passes)");
        await Expect(ada.Page.Locator(".pill")).ToHaveAttributeAsync("data-state", "late");
        await away.WriteAsync("from the tunnel");
        await there.WriteAsync("from the station");

        await ada.ChooseLineAsync("4G (40 ms, 1.5 MB/s)");

        await Expect(there.Message("from the tunnel")).ToHaveCountAsync(1);
        await Expect(away.Message("from the station")).ToHaveCountAsync(1);
        await Expect(away.Message("from the tunnel")).ToHaveAttributeAsync("data-state", "sent");
        await Expect(away.Message("from the tunnel")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_page_on_a_line_returns_after_a_restart_of_the_server_by_another_line()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "markets");
        await ada.ChooseLineAsync("4G (40 ms, 1.5 MB/s)");
        await Expect(ada.Page.Locator(".pill")).ToHaveTextAsync(ConnectedBy4G());

        await showcase.Showcase.RestartAsync(MarketRate.Off);

        await Expect(ada.Page.Locator(".pill")).ToHaveTextAsync(ConnectedBy4G());
        await chat.WriteAsync("back again");
        await Expect(chat.Message("back again")).ToHaveAttributeAsync("data-state", "sent");
    }

    [Fact]
    public async Task On_a_phone_the_choice_and_its_effect_fit_the_screen()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, 390, 844);
        await ada.Page.GotoAsync("/");
        var pill = ada.Page.Locator(".pill");
        await Expect(pill).ToHaveAttributeAsync("data-state", "connected");
        await ada.ChooseLineAsync("3G (100 ms, 200 kB/s)");
        await Expect(pill).ToHaveTextAsync(ConnectedBy3G());
        Assert.True(await pill.Locator(".number").EvaluateAsync<bool>("text => text.scrollWidth <= text.clientWidth"), "the line is cut off in the pill");
        Assert.True(await ada.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= 390"), "the page is wider than the screen");
    }

    [Fact]
    public async Task A_page_from_another_machine_has_no_choice_and_works()
    {
        var address = new UriBuilder(showcase.Showcase.Address) { Host = Browser.NameOnTheNetwork }.Uri;
        await using var ada = await showcase.Browser.NewPersonAsync(address, "Ada");
        await ChatPage.OpenAsync(ada, "lobby");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "wire", Exact = true }).ClickAsync();
        await Expect(ada.Page.GetByText("On the wire")).ToBeVisibleAsync();
        await Expect(Choice(ada)).ToHaveCountAsync(0);
    }

    private static ILocator Choice(Person person) => person.Page.GetByLabel("Line", new() { Exact = true });

    // Reads the text that it waits for: a slow line may be late the next moment.
    private static async Task<double> RoundTripAsync(ILocator pill)
    {
        var milliseconds = await pill.Page.WaitForFunctionAsync(
            "() => /^connected · (\\d{3,}) ms · 3G$/.exec(document.querySelector('.pill').textContent.replace(/\\s+/g, ' ').trim())?.[1]");
        return double.Parse(await milliseconds.JsonValueAsync<string>(), CultureInfo.InvariantCulture);
    }

    // The pill names the line that is chosen before the page connects by it: its round trip shows that it has.
    [GeneratedRegex(@"^connected · \d{3,} ms · 3G$")]
    private static partial Regex ConnectedBy3G();

    [GeneratedRegex(@"^connected · (?:[4-9]\d|\d{3,}) ms · 4G$")]
    private static partial Regex ConnectedBy4G();
}

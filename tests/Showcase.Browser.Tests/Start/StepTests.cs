using Microsoft.Playwright;
using Showcase.Browser.Tests.Chat;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Start;

/// <summary>The three steps of the start page, each done as its instruction describes.</summary>
public sealed class StepTests(LiveMarket live) : IClassFixture<LiveMarket>
{
    [Fact]
    public async Task A_second_window_ticks_the_first_step_and_its_message_stands_in_the_card()
    {
        await using var ada = await live.Browser.NewPersonAsync(live.Showcase.Address, "Ada");
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.Locator(".rooms-preview a")).ToHaveCountAsync(4);
        await Expect(ada.Page.Locator(".steps li[data-done]")).ToHaveCountAsync(0);

        var second = ada.Page.Context.WaitForPageAsync();
        await Step(ada, 0).GetByRole(AriaRole.Link).ClickAsync();
        await new ChatPage(await second).WriteAsync("from the second window");

        await Expect(Step(ada, 0)).ToContainTextAsync("(done)");
        await Expect(ada.Page.Locator(".rooms-preview")).ToContainTextAsync("Ada: from the second window");
    }

    [Fact]
    public async Task What_is_written_while_the_page_is_cut_is_counted_and_stands_in_the_card_once_it_is_restored()
    {
        await using var ada = await live.Browser.NewPersonAsync(live.Showcase.Address, "Ada");
        await using var bob = await live.Browser.NewPersonAsync(live.Showcase.Address, "Bob");
        var chat = await ChatPage.OpenAsync(bob, "random");
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.Locator(".rooms-preview a")).ToHaveCountAsync(4);

        await Button(ada, 1, "Cut").ClickAsync();
        await Button(ada, 1, "Restore").ClickAsync();
        await Expect(Step(ada, 1)).ToContainTextAsync("Nothing was written");
        await Expect(Step(ada, 1)).Not.ToContainTextAsync("(done)");

        await Button(ada, 1, "Cut").ClickAsync();
        await Expect(Button(ada, 1, "Restore")).ToBeVisibleAsync();
        foreach (var text in (string[])["one while you were cut", "two while you were cut"])
        {
            await chat.WriteAsync(text);
            await Expect(chat.Message(text)).ToHaveAttributeAsync("data-state", "sent");
        }

        await Expect(ada.Page.Locator(".rooms-preview")).Not.ToContainTextAsync("while you were cut");
        await Button(ada, 1, "Restore").ClickAsync();
        await Expect(Step(ada, 1)).ToContainTextAsync("2 messages written meanwhile arrived");
        await Expect(Step(ada, 1)).ToContainTextAsync("(done)");
        await Expect(ada.Page.Locator(".rooms-preview")).ToContainTextAsync("Bob: two while you were cut");
        await Expect(ada.Page.Locator(".sentence")).ToContainTextAsync("3 handshakes");
    }

    [Fact]
    public async Task On_a_modem_prices_are_skipped_and_those_that_arrive_are_not_old()
    {
        await using var ada = await live.Browser.NewPersonAsync(live.Showcase.Address, "Ada");
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.Locator(".quote polyline[points]")).ToHaveCountAsync(3);
        await Expect(Step(ada, 2)).Not.ToContainTextAsync("(done)");

        await Button(ada, 2, "Choose “modem”").ClickAsync();

        await Expect(ada.Page.Locator(".pill")).ToContainTextAsync("modem");
        await Expect(Step(ada, 2)).ToContainTextAsync("(done)");
        await Expect(Step(ada, 2)).ToContainTextAsync("skipped");
        await Button(ada, 2, "Choose “as it is”").ClickAsync();
        await Expect(ada.Page.Locator(".pill")).Not.ToContainTextAsync("modem");
    }

    private static ILocator Step(Person person, int index) => person.Page.Locator(".steps li").Nth(index);

    private static ILocator Button(Person person, int step, string name) =>
        Step(person, step).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}

using Showcase.Exchange.Simulation;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>The server starts anew under an open room, over the same messages and over none.</summary>
public sealed class RestartTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private static readonly string[] Facts = [".message", ".people-list li", ".rooms a", ".start-of-room", ".room .notice"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_page_shows_what_a_page_shows_that_is_opened_afterwards(bool isChatEmptied)
    {
        var room = isChatEmptied ? "markets" : "lobby";
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var here = await ChatPage.OpenAsync(ada, room);
        var there = await ChatPage.OpenAsync(bob, room);
        for (var number = 1; number <= 3; number++) await there.WriteAsync($"before {number}");
        await Expect(here.Message("before 3")).ToHaveCountAsync(1);
        await here.WriteAsync("an answer");
        await there.GoToAsync("random");
        await there.WriteAsync("elsewhere");
        await Expect(here.Unread("random")).Not.ToHaveTextAsync("");
        await there.GoToAsync(room);
        await Expect(here.People.Locator("li")).ToHaveCountAsync(2);

        await showcase.Showcase.RestartAsync(MarketRate.Off, isChatEmptied);

        foreach (var chat in (ChatPage[])[here, there])
            await Expect(chat.Page.Locator(".pill")).ToHaveAttributeAsync("data-state", "recovered");
        await there.WriteAsync("after");
        await Expect(here.Message("after")).ToHaveAttributeAsync("data-state", "sent");
        await Expect(there.Message("after")).ToContainTextAsync("read by Ada");
        await Expect(here.Message("before 1")).ToHaveCountAsync(isChatEmptied ? 0 : 1);
        var fresh = new ChatPage(await ada.NewPageAsync());
        await fresh.GoToAsync(room);
        await Expect(fresh.Message("after")).ToHaveCountAsync(1);
        await Expect(fresh.People.Locator("li")).ToHaveCountAsync(2);
        foreach (var selector in Facts)
            await Expect(here.Page.Locator(selector)).ToHaveTextAsync(await fresh.Page.Locator(selector).AllTextContentsAsync());
        await Expect(here.Page).ToHaveTitleAsync(await fresh.Page.TitleAsync());
    }
}

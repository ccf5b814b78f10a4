using Showcase.Exchange.Simulation;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>The first look at a new showcase.</summary>
public sealed class WelcomeTests
{
    [Fact]
    public async Task Each_room_has_messages_of_the_showcase_and_nothing_is_unread()
    {
        await using var showcase = await RunningShowcase.StartAsync(MarketRate.Off, isChatWelcoming: true);
        await using var browser = new Browser();
        await browser.InitializeAsync();
        await using var ada = await browser.NewPersonAsync(showcase.Address, "Ada");
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.Locator(".rooms-preview")).ToContainTextAsync("Showcase: ");
        await Expect(ada.Page.Locator(".rooms-preview")).Not.ToContainTextAsync("no messages yet");

        var chat = await ChatPage.OpenAsync(ada, "engineering");
        await Expect(chat.Page.Locator(".message h3").First).ToHaveTextAsync("Showcase");
        await Expect(chat.Page.Locator(".message pre")).ToContainTextAsync("new Centrifuge(url).connect();");
        await Expect(chat.Page.Locator(".message .quote:visible")).ToContainTextAsync("Showcase");
        foreach (var room in (string[])["lobby", "markets", "engineering", "random"])
            await Expect(chat.Unread(room)).ToHaveTextAsync("");
    }
}

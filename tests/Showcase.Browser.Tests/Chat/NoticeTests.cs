using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>Desktop notices while the tab is hidden.</summary>
public sealed class NoticeTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task Messages_of_the_open_room_and_mentions_anywhere_are_noticed_while_the_tab_is_hidden_and_lead_to_their_room()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        await ada.AllowNoticesAsync();
        var away = await ChatPage.OpenAsync(ada, "lobby");
        var there = await ChatPage.OpenAsync(bob, "lobby");
        await away.Page.GetByRole(AriaRole.Button, new() { Name = "Notices off" }).ClickAsync();
        await Expect(away.Page.GetByRole(AriaRole.Button, new() { Name = "Notices on" })).ToBeVisibleAsync();
        await there.WriteAsync("in sight");
        await Expect(there.Message("in sight")).ToContainTextAsync("read by Ada");

        await ada.HideAsync();
        await there.WriteAsync("anyone here?");
        await Expect(there.Message("anyone here?")).ToHaveAttributeAsync("data-state", "sent");
        await there.GoToAsync("engineering");
        await there.WriteAsync("not for Ada");
        await there.WriteAsync("@Ada, come here");

        // A hidden page has no frames, which the wait would use otherwise.
        await away.Page.WaitForFunctionAsync(
            "() => window.notices.some(({ words }) => words.includes('come here'))", null, new() { PollingInterval = 100 });
        Assert.Equal(
            ["Bob · Lobby: anyone here?", "Bob · Engineering: @Ada, come here"],
            await away.Page.EvaluateAsync<string[]>("() => window.notices.map(({ words }) => words)"));
        await away.Page.EvaluateAsync("() => window.notices[1].notice.dispatchEvent(new Event('click'))");
        await Expect(away.Page).ToHaveURLAsync(new Regex("/chat/engineering$"));
    }

    [Fact]
    public async Task Notices_are_off_until_they_are_switched_on()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        await ada.AllowNoticesAsync();
        var away = await ChatPage.OpenAsync(ada, "markets");
        var there = await ChatPage.OpenAsync(bob, "markets");
        await ada.HideAsync();
        await there.WriteAsync("@Ada, hello");
        await Expect(away.Page).ToHaveTitleAsync("(1) Markets · Duplex chat");
        Assert.Equal(0, await away.Page.EvaluateAsync<int>("() => window.notices.length"));
    }
}

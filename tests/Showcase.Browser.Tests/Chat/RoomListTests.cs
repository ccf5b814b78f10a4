using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>The list of rooms: what is unread and what was said last, without asking.</summary>
public sealed class RoomListTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_message_in_another_room_shows_in_the_list_and_is_read_in_every_window()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var writing = await ChatPage.OpenAsync(ada, "lobby");
        var elsewhere = await ChatPage.OpenAsync(bob, "random");
        var window = new ChatPage(await bob.NewPageAsync());
        await window.GoToAsync("markets");

        await writing.WriteAsync("one");
        await writing.WriteAsync("two");
        foreach (var page in (ChatPage[])[elsewhere, window])
        {
            await Expect(page.Room("lobby")).ToContainTextAsync("Ada: two");
            await Expect(page.Unread("lobby")).ToHaveTextAsync("2");
        }

        await window.Room("lobby").ClickAsync();
        await Expect(window.Message("two")).ToBeVisibleAsync();
        await Expect(elsewhere.Unread("lobby")).ToHaveTextAsync("");
        await Expect(window.Unread("lobby")).ToHaveTextAsync("");
    }

    [Fact]
    public async Task For_somebody_new_only_what_comes_after_the_first_visit_is_unread_and_stands_below_a_line()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var eve = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Eve");
        var writing = await ChatPage.OpenAsync(ada, "engineering");
        await writing.WriteAsync("before you came");
        await Expect(writing.Message("before you came")).ToHaveAttributeAsync("data-state", "sent");
        var reading = await ChatPage.OpenAsync(eve, "random");
        await Expect(reading.Room("engineering")).ToContainTextAsync("before you came");
        await Expect(reading.Unread("engineering")).ToHaveTextAsync("");

        await writing.WriteAsync("after you came");
        await Expect(reading.Unread("engineering")).ToHaveTextAsync("1");
        await reading.Room("engineering").ClickAsync();
        await Expect(reading.Page.Locator(".unread-line + .message")).ToContainTextAsync("after you came");
    }

    [Fact]
    public async Task The_start_page_shows_what_is_said_as_it_is_said()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var writing = await ChatPage.OpenAsync(ada, "engineering");
        await bob.Page.GotoAsync("/");
        await Expect(bob.Page.Locator(".rooms-preview a")).ToHaveCountAsync(4);
        await writing.WriteAsync("seen from the start");
        await Expect(bob.Page.Locator(".rooms-preview")).ToContainTextAsync("Ada: seen from the start");
    }

    [Fact]
    public async Task Nothing_is_asked_for_while_nothing_happens()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var calls = new List<string>();
        bob.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => calls.Add(frame.Text ?? "");
        await ChatPage.OpenAsync(bob, "random");
        var writing = await ChatPage.OpenAsync(ada, "markets");
        var before = calls.Count;
        await writing.WriteAsync("pushed");
        await Expect(new ChatPage(bob.Page).Room("markets")).ToContainTextAsync("Ada: pushed");
        Assert.DoesNotContain(calls.Skip(before), call => call.Contains("rooms", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_title_counts_what_arrives_while_the_tab_is_hidden()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var away = await ChatPage.OpenAsync(ada, "engineering");
        var there = await ChatPage.OpenAsync(bob, "engineering");
        await there.WriteAsync("seen");
        await Expect(there.Message("seen")).ToContainTextAsync("read by Ada");
        await ada.HideAsync();
        foreach (var text in (string[])["one", "two", "three"]) await there.WriteAsync(text);
        await Expect(away.Page).ToHaveTitleAsync("(3) Engineering · Duplex chat");
    }
}

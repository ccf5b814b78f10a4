using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>Reading: the line above what is new, the way to the end, the keyboard, what a screen reader hears.</summary>
public sealed class ReadingTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_line_stands_above_what_came_while_another_room_was_open()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var writing = await ChatPage.OpenAsync(ada, "lobby");
        var reading = await ChatPage.OpenAsync(bob, "lobby");
        await writing.WriteAsync("seen");
        await Expect(writing.Message("seen")).ToContainTextAsync("read by Bob");
        await reading.Room("random").ClickAsync();
        await Expect(writing.People).Not.ToContainTextAsync("Bob");
        await writing.WriteAsync("missed");
        await Expect(reading.Unread("lobby")).ToHaveTextAsync("1");

        await reading.Room("lobby").ClickAsync();
        await Expect(reading.Page.Locator(".unread-line + .message")).ToContainTextAsync("missed");
        await reading.WriteAsync("answered");
        await Expect(reading.Page.Locator(".unread-line")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_reads_older_messages_stays_there_and_jumps_to_the_latest()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var writing = await ChatPage.OpenAsync(ada, "markets");
        for (var number = 1; number <= 60; number++) await writing.WriteAsync($"line {number}");
        await Expect(writing.Message("line 60")).ToHaveAttributeAsync("data-state", "sent");
        var reading = await ChatPage.OpenAsync(bob, "markets");
        await Expect(writing.Message("line 60")).ToContainTextAsync("read by Bob");
        await reading.ScrollToAsync(0);
        await Expect(reading.Message("line 1")).ToHaveCountAsync(1);
        var top = await reading.ScrollToAsync(300);

        await writing.WriteAsync("below");
        await Expect(reading.Jump).ToHaveTextAsync("↓ 1 new");
        Assert.Equal(top, await reading.ScrollTopAsync());
        await Expect(writing.Message("below")).Not.ToContainTextAsync("read by");

        await reading.Page.Keyboard.PressAsync("Escape");
        await reading.Page.Keyboard.PressAsync("l");
        await Expect(reading.Jump).ToBeHiddenAsync();
        await Expect(reading.Page.Locator(".unread-line + .message")).ToContainTextAsync("below");
        await Expect(writing.Message("below")).ToContainTextAsync("read by Bob");
    }

    [Fact]
    public async Task Older_messages_that_arrive_above_do_not_move_what_is_read()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var writing = await ChatPage.OpenAsync(ada, "random");
        for (var number = 1; number <= 70; number++) await writing.WriteAsync($"line {number}");
        await Expect(writing.Message("line 70")).ToHaveAttributeAsync("data-state", "sent");
        var reading = await ChatPage.OpenAsync(bob, "random");
        await Expect(reading.Message("line 70")).ToBeInViewportAsync();
        await Expect(reading.Message("line 20")).ToHaveCountAsync(0);

        // In one turn of the page, so that nothing has been loaded yet where the line is measured.
        var before = await reading.Messages.EvaluateAsync<double>("""
            list => {
              list.scrollTop = 200;
              const lines = [...list.querySelectorAll('.message')];
              return lines.find(line => line.textContent.includes('line 30')).getBoundingClientRect().top;
            }
            """);
        await Expect(reading.Message("line 1")).ToHaveCountAsync(1);
        var after = await reading.Message("line 30").EvaluateAsync<double>("line => line.getBoundingClientRect().top");
        Assert.Equal(before, after, tolerance: 1);
        Assert.True(await reading.ScrollTopAsync() > 200);
    }

    [Fact]
    public async Task Rooms_are_walked_through_by_keyboard_and_a_draft_waits_in_its_room()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "lobby");
        await chat.Page.Keyboard.PressAsync("r");
        await Expect(chat.Field).ToBeFocusedAsync();
        await chat.Field.PressSequentiallyAsync("half a thought");
        await chat.Field.PressAsync("Escape");
        await chat.Page.Keyboard.PressAsync("j");
        await Expect(chat.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/chat/markets$"));
        await Expect(chat.Messages).ToBeFocusedAsync();
        await Expect(chat.Field).ToHaveValueAsync("");
        await chat.Page.Keyboard.PressAsync("k");
        await Expect(chat.Field).ToHaveValueAsync("half a thought");
        await chat.Page.Keyboard.PressAsync("?");
        await Expect(chat.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("next room");
    }

    [Fact]
    public async Task A_screen_reader_is_told_of_what_comes_and_not_of_what_is_there()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var writing = await ChatPage.OpenAsync(ada, "engineering");
        await writing.WriteAsync("before");
        await Expect(writing.Message("before")).ToHaveAttributeAsync("data-state", "sent");
        var reading = await ChatPage.OpenAsync(bob, "engineering");
        await Expect(reading.Message("before")).ToBeVisibleAsync();
        await Expect(reading.Announced).ToHaveTextAsync("");
        await writing.WriteAsync("and now");
        await Expect(reading.Announced).ToHaveTextAsync("Ada: and now");
        await Expect(writing.Announced).ToHaveTextAsync("");
    }
}

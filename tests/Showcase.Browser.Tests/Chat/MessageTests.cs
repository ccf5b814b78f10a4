using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>What people do with messages: links and code, replies, reactions, edits, mentions, mute, search.</summary>
public sealed class MessageTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_link_is_an_anchor_code_is_code_and_markup_of_the_page_is_text()
    {
        await using var ada = await PersonAsync("Ada");
        var chat = await ChatPage.OpenAsync(ada, "lobby");
        await chat.WriteAsync("see https://example.org/a_(b). and `x < y` <img src=x onerror=alert(1)>");

        var message = chat.Page.Locator(".message").Last;
        await Expect(message).ToHaveAttributeAsync("data-state", "sent");
        await Expect(message.Locator(".text")).ToHaveTextAsync("see https://example.org/a_(b). and x < y <img src=x onerror=alert(1)>");
        var link = message.Locator("a");
        await Expect(link).ToHaveAttributeAsync("href", "https://example.org/a_(b)");
        await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
        await Expect(message.Locator("code")).ToHaveTextAsync("x < y");
        await Expect(message.Locator("img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_reply_shows_what_it_answers_and_leads_there()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var (asking, answering) = (await ChatPage.OpenAsync(ada, "lobby"), await ChatPage.OpenAsync(bob, "lobby"));
        await asking.WriteAsync("which port?");
        await answering.ChooseAsync("which port?", "Reply");
        await Expect(answering.Page.Locator(".context")).ToContainTextAsync("Replying to Ada: which port?");
        await answering.WriteAsync("one is enough");

        await Expect(asking.Message("one is enough").Locator(".quote")).ToHaveTextAsync("Ada which port?");
        await asking.Message("one is enough").Locator(".quote button").ClickAsync();
        await Expect(asking.Message("which port?").First).ToBeFocusedAsync();
        await Expect(answering.Page.Locator(".context")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_reaction_is_seen_by_all_and_taken_back_by_a_second_press()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var (writing, reading) = (await ChatPage.OpenAsync(ada, "markets"), await ChatPage.OpenAsync(bob, "markets"));
        await writing.WriteAsync("it works");
        await reading.ChooseAsync("it works", "Thumbs up");
        var seen = writing.Message("it works").Locator(".reactions button");
        await Expect(seen).ToHaveAccessibleNameAsync("👍 Bob");
        await seen.ClickAsync();
        await Expect(reading.Message("it works").Locator(".reactions button")).ToHaveTextAsync("👍 2");

        await reading.Message("it works").Locator(".reactions button").ClickAsync();
        await Expect(seen).ToHaveAccessibleNameAsync("👍 Ada");
    }

    [Fact]
    public async Task The_arrow_key_up_edits_the_last_own_message_and_all_see_the_new_text()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var (writing, reading) = (await ChatPage.OpenAsync(ada, "engineering"), await ChatPage.OpenAsync(bob, "engineering"));
        await writing.WriteAsync("teh first");
        await Expect(writing.Message("teh first")).ToHaveAttributeAsync("data-state", "sent");
        await writing.Field.PressAsync("ArrowUp");
        await Expect(writing.Field).ToHaveValueAsync("teh first");
        await writing.WriteAsync("the first");

        await Expect(reading.Message("the first")).ToContainTextAsync("edited");
        await Expect(reading.Message("teh first")).ToHaveCountAsync(0);
        await Expect(reading.Room("engineering")).ToContainTextAsync("the first");
        await Expect(writing.Field).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_deleted_message_leaves_its_place_and_no_text()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var (writing, reading) = (await ChatPage.OpenAsync(ada, "random"), await ChatPage.OpenAsync(bob, "random"));
        await writing.WriteAsync("a secret");
        await Expect(reading.Message("a secret")).ToHaveCountAsync(1);
        await writing.ChooseAsync("a secret", "Delete");
        await writing.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();

        await Expect(reading.Message("This message was deleted.")).ToHaveCountAsync(1);
        await reading.Page.ReloadAsync();
        await Expect(reading.Message("This message was deleted.")).ToHaveCountAsync(1);
        await Expect(reading.Page.GetByText("a secret")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_mention_is_completed_from_the_people_and_stands_out_for_the_one_who_is_meant()
    {
        await using var ada = await PersonAsync("Ada Lovelace");
        await using var bob = await PersonAsync("Bob");
        var (mentioned, writing) = (await ChatPage.OpenAsync(ada, "lobby"), await ChatPage.OpenAsync(bob, "lobby"));
        await Expect(writing.People).ToContainTextAsync("Ada Lovelace");
        await writing.Field.PressSequentiallyAsync("hello @ada l");
        await Expect(writing.Page.GetByRole(AriaRole.Option)).ToHaveTextAsync("Ada Lovelace");
        await writing.Field.PressAsync("Enter");
        await Expect(writing.Field).ToHaveValueAsync("hello @Ada Lovelace ");
        await writing.Field.PressAsync("Enter");

        await Expect(mentioned.Page.Locator(".message").Last).ToHaveAttributeAsync("data-mention", "yes");
        await Expect(writing.Page.Locator(".message").Last).ToHaveAttributeAsync("data-mention", "");
    }

    [Fact]
    public async Task A_muted_person_is_not_read_by_the_one_who_muted()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var (reading, writing) = (await ChatPage.OpenAsync(ada, "markets"), await ChatPage.OpenAsync(bob, "markets"));
        await writing.WriteAsync("buy now");
        await reading.ChooseAsync("buy now", "Mute Bob");
        await Expect(reading.Message("buy now")).ToHaveCountAsync(0);
        await reading.Page.ReloadAsync();
        await Expect(reading.People).ToContainTextAsync("Bob");
        await Expect(reading.Message("buy now")).ToHaveCountAsync(0);

        await reading.People.GetByRole(AriaRole.Button, new() { Name = "Unmute Bob" }).ClickAsync();
        await Expect(reading.Message("buy now")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_search_finds_a_message_that_is_not_loaded_and_a_link_opens_it()
    {
        await using var ada = await PersonAsync("Ada");
        var chat = await ChatPage.OpenAsync(ada, "random");
        await chat.WriteAsync("the needle");
        for (var number = 1; number <= 120; number++) await chat.WriteAsync($"hay {number}");
        await Expect(chat.Message("hay 120")).ToHaveAttributeAsync("data-state", "sent");
        await chat.Page.ReloadAsync();
        await Expect(chat.Message("hay 120")).ToHaveCountAsync(1);
        await Expect(chat.Message("the needle")).ToHaveCountAsync(0);

        await chat.Messages.FocusAsync();
        await chat.Page.Keyboard.PressAsync("f");
        await chat.Page.GetByRole(AriaRole.Searchbox).FillAsync("NEEDLE");
        await chat.Page.Locator(".search").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(chat.Message("the needle")).ToBeFocusedAsync();
        await Expect(chat.Message("the needle")).ToBeInViewportAsync();

        await chat.Page.GotoAsync("/chat/random?message=1");
        await Expect(chat.Page.Locator(".message").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Messages_and_their_actions_are_reached_by_keyboard()
    {
        await using var ada = await PersonAsync("Ada");
        var chat = await ChatPage.OpenAsync(ada, "engineering");
        await chat.WriteAsync("by keyboard");
        await Expect(chat.Message("by keyboard")).ToHaveAttributeAsync("data-state", "sent");
        await chat.Field.PressAsync("Escape");
        await chat.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(chat.Message("by keyboard")).ToBeFocusedAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Thumbs up" })).ToBeFocusedAsync();
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(chat.Message("by keyboard")).ToBeFocusedAsync();
    }

    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name);
}

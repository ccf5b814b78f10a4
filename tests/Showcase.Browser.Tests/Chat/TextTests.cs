using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>What is written: none at all, far too much, and what looks like markup.</summary>
public sealed class TextTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const string Markup = "<img src=x onerror=\"window.isHit = true\"><b>bold</b> &amp; <script>window.isHit = true</script>";

    [Fact]
    public async Task An_empty_room_says_so_until_something_is_written()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "engineering");
        var notice = chat.Page.GetByText("Nothing here yet. Write the first message.");
        await Expect(notice).ToBeVisibleAsync();
        await Expect(chat.Room("engineering")).ToContainTextAsync("no messages yet");
        await Expect(chat.Jump).ToBeHiddenAsync();

        await chat.WriteAsync("First");
        await Expect(chat.Message("First")).ToHaveAttributeAsync("data-state", "sent");
        await Expect(notice).ToBeHiddenAsync();
        await Expect(chat.Room("engineering")).ToContainTextAsync("Ada: First");
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_with_a_sentence_and_stays_to_be_shortened()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "lobby");
        var refusal = chat.Page.GetByText("Too long to send: a message has at most 2000 characters.");
        var send = chat.Page.GetByRole(AriaRole.Button, new() { Name = "Send" });
        await chat.WriteAsync(new string('x', 20_000));

        await Expect(refusal).ToBeVisibleAsync();
        await Expect(chat.Page.GetByText("18000 too many")).ToBeVisibleAsync();
        await Expect(send).ToBeDisabledAsync();
        await Expect(chat.Field).ToHaveValueAsync(new string('x', 20_000));
        await Expect(chat.Page.Locator(".message")).ToHaveCountAsync(0);

        await chat.WriteAsync(new string('x', 2000));
        await Expect(chat.Message(new string('x', 2000))).ToHaveAttributeAsync("data-state", "sent");
        await Expect(refusal).ToBeHiddenAsync();
        await Expect(chat.Field).ToHaveValueAsync("");
    }

    [Fact]
    public async Task An_emoji_is_one_character_and_a_text_of_too_many_bytes_is_refused_with_a_sentence()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "markets");
        var faces = string.Concat(Enumerable.Repeat("\U0001F600", 1500));
        await chat.WriteAsync(faces);
        await Expect(chat.Message(faces)).ToHaveAttributeAsync("data-state", "sent");

        await chat.Field.FillAsync(string.Concat(Enumerable.Repeat("\U0001F600", 1600)));
        await Expect(chat.Page.GetByText("Too long to send: these characters take 6400 bytes, and a message has at most 6000.")).ToBeVisibleAsync();
        await Expect(chat.Page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Markup_in_a_text_and_in_a_name_is_shown_as_it_was_written()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "<b>Ada</b>");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var writing = await ChatPage.OpenAsync(ada, "random");
        var reading = await ChatPage.OpenAsync(bob, "random");
        await writing.Field.PressSequentiallyAsync("x");
        await Expect(reading.Status).ToHaveTextAsync("<b>Ada</b> is typing…");
        await writing.WriteAsync(Markup);

        await Expect(reading.Message(Markup)).ToHaveCountAsync(1);
        await Expect(reading.Message(Markup).Locator("h3")).ToHaveTextAsync("<b>Ada</b>");
        await Expect(reading.People).ToContainTextAsync("<b>Ada</b>");
        await Expect(reading.Room("random")).ToContainTextAsync($"<b>Ada</b>: {Markup}");
        await bob.Page.GotoAsync("/");
        await Expect(bob.Page.Locator(".rooms-preview")).ToContainTextAsync($"<b>Ada</b>: {Markup}");
        foreach (var page in (IPage[])[ada.Page, bob.Page])
        {
            await Expect(page.Locator("main b, main img, main script")).ToHaveCountAsync(0);
            Assert.False(await page.EvaluateAsync<bool>("() => window.isHit === true"));
        }
    }

    [Fact]
    public async Task A_long_message_shows_its_beginning_and_the_rest_on_demand()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "random");
        await chat.WriteAsync(new string('a', 2000));
        var text = chat.Page.Locator(".message .text.cut");
        await Expect(text).ToHaveCountAsync(1);
        await chat.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await Expect(text).ToHaveCountAsync(0);
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>The name others see: changed at any time, kept by the browser.</summary>
public sealed class NameTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_changed_name_is_everybody_s_to_see_and_stays_after_a_reload()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var chat = await ChatPage.OpenAsync(ada, "lobby");
        var other = await ChatPage.OpenAsync(bob, "lobby");
        await Expect(other.People).ToContainTextAsync("Guest");

        await chat.Page.Keyboard.PressAsync("n");
        await Expect(chat.NameField).ToBeFocusedAsync();
        await chat.NameField.FillAsync("Ada Lovelace");
        await chat.NameField.PressAsync("Enter");

        await Expect(other.People).ToContainTextAsync("Ada Lovelace");
        await Expect(other.People).Not.ToContainTextAsync("Guest");
        await Expect(chat.People).ToContainTextAsync("Ada Lovelace(you)");
        await chat.WriteAsync("It is me");
        await Expect(other.Message("It is me")).ToContainTextAsync("Ada Lovelace");

        await chat.Page.ReloadAsync();
        await Expect(chat.NameButton).ToHaveTextAsync("Ada Lovelace");
        await Expect(chat.People).ToContainTextAsync("Ada Lovelace(you)");
    }

    [Fact]
    public async Task A_name_changes_over_the_open_connection_and_the_others_read_how_one_is_called_now()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ida");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var connections = 0;
        ada.Page.WebSocket += (_, _) => connections++;
        var chat = await ChatPage.OpenAsync(ada, "markets");
        var other = await ChatPage.OpenAsync(bob, "markets");
        await Expect(other.People).ToContainTextAsync("Ida");

        await chat.NameButton.ClickAsync();
        await chat.NameField.FillAsync("Ida Rhodes");
        await chat.NameField.PressAsync("Enter");

        await Expect(other.Status).ToHaveTextAsync("Ida is now called Ida Rhodes");
        await Expect(other.People).ToContainTextAsync("Ida Rhodes");
        await chat.WriteAsync("still here");
        await Expect(other.Message("still here")).ToContainTextAsync("Ida Rhodes");
        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task A_name_that_is_not_confirmed_stays_what_it_was()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "random");
        foreach (var leave in (Func<Task>[])[
            () => chat.Page.Keyboard.PressAsync("Escape"),
            () => chat.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync()])
        {
            await chat.NameButton.ClickAsync();
            await chat.NameField.FillAsync("Somebody else");
            await leave();
            await Expect(chat.NameField).ToHaveCountAsync(0);
            await Expect(chat.NameButton).ToHaveTextAsync("Ada");
        }
    }

    [Fact]
    public async Task A_name_that_the_server_rejects_is_reported_and_the_old_one_stays()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "random");
        await chat.NameButton.ClickAsync();
        await chat.NameField.FillAsync("\u0301\u0301");
        await chat.NameField.PressAsync("Enter");
        await Expect(chat.Page.Locator(".toast")).ToContainTextAsync("name must have 1 to 32 visible characters.");
        await Expect(chat.NameButton).ToHaveTextAsync("Ada");
        await Expect(chat.Page.Locator(".pill")).ToHaveAttributeAsync("data-state", "connected");
    }

    [Fact]
    public async Task Two_people_with_one_name_can_be_told_apart()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Grace");
        await using var other = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Grace", key: "another Grace");
        var chat = await ChatPage.OpenAsync(ada, "engineering");
        var writing = await ChatPage.OpenAsync(other, "engineering");
        await writing.WriteAsync("who am I");
        await Expect(chat.People.Locator("li")).ToHaveCountAsync(2);
        await Expect(chat.Message("who am I")).ToHaveCountAsync(1);
        var mine = await chat.People.Locator("li:has(.muted) bdi").TextContentAsync();
        var theirs = await chat.People.Locator("li:not(:has(.muted)) bdi").TextContentAsync();
        Assert.NotEqual(mine, theirs);
        await Expect(chat.Message("who am I").Locator("h3")).ToHaveTextAsync(theirs!);
    }
}

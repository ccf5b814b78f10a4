using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Showcase.Visitors;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>What becomes of a message that cannot be sent at once, or not at all.</summary>
public sealed class SendingTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_message_written_offline_leaves_although_another_room_is_open_by_then()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var away = await ChatPage.OpenAsync(ada, "lobby");
        var there = await ChatPage.OpenAsync(bob, "lobby");
        await ada.LoseNetworkAsync();
        await Expect(away.Status).ToContainTextAsync("Messages you send now are delivered later");
        await away.WriteAsync("from the tunnel");
        await away.Room("random").ClickAsync();
        await Expect(away.Room("lobby")).ToContainTextAsync("1 waiting to be sent");

        await ada.FindNetworkAsync();
        await Expect(there.Message("from the tunnel")).ToHaveCountAsync(1);
        await Expect(away.Room("lobby")).ToContainTextAsync("Ada: from the tunnel");
    }

    [Fact]
    public async Task A_message_without_an_answer_survives_a_reload_and_a_dropped_server_and_arrives_once()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var away = await ChatPage.OpenAsync(ada, "markets");
        var there = await ChatPage.OpenAsync(bob, "markets");
        await ada.LoseNetworkAsync();
        await away.WriteAsync("kept");
        await Expect(away.Message("kept")).ToHaveAttributeAsync("data-state", "waiting");
        await ada.Page.ReloadAsync();
        showcase.Showcase.DropEveryConnection();
        await Expect(there.Message("kept")).ToHaveCountAsync(1);
        await Expect(away.Message("kept")).ToHaveAttributeAsync("data-state", "sent");
        await Expect(away.Message("kept")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_refused_message_says_why_and_can_be_changed_or_discarded()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        // Too short a client id, as another version of the page might have kept it.
        await ada.Page.AddInitScriptAsync("""
            if (!sessionStorage.getItem('done')) {
              sessionStorage.setItem('done', 'yes');
              for (const [id, time] of [['one', 1], ['two', 2]])
                localStorage.setItem('duplex.outbox.' + id, JSON.stringify({ room: 'random', clientId: id, text: 'number ' + id, time }));
            }
            """);
        var chat = await ChatPage.OpenAsync(ada, "random");
        await Expect(chat.Message("number one")).ToContainTextAsync("Not sent: clientId");
        await Expect(chat.Room("random")).ToContainTextAsync("2 not sent");
        await chat.Message("number two").GetByText("Discard").ClickAsync();
        await Expect(chat.Message("number two")).ToHaveCountAsync(0);
        await chat.Message("number one").GetByText("Edit").ClickAsync();
        await Expect(chat.Field).ToHaveValueAsync("number one");
        await chat.Field.PressAsync("Enter");
        await Expect(chat.Message("number one")).ToHaveAttributeAsync("data-state", "sent");
        await Expect(chat.Message("number one")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_room_that_does_not_exist_says_what_to_do()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = new ChatPage(ada.Page);
        await ada.Page.GotoAsync("/chat/cellar");
        await Expect(ada.Page.GetByText("There is no room “cellar”. Choose another one from the list.")).ToBeVisibleAsync();
        await Expect(chat.Field).ToBeHiddenAsync();
        await chat.Room("lobby").ClickAsync();
        await Expect(chat.Field).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_message_can_be_sent_from_a_page_that_is_no_secure_context()
    {
        var address = new UriBuilder(showcase.Showcase.Address) { Host = Browser.NameOnTheNetwork }.Uri;
        await using var ada = await showcase.Browser.NewPersonAsync(address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "engineering");
        Assert.False(await chat.Page.EvaluateAsync<bool>("() => isSecureContext"));
        await chat.WriteAsync("from another machine");
        await Expect(chat.Message("from another machine")).ToHaveAttributeAsync("data-state", "sent");
    }

    [Fact]
    public async Task The_Enter_that_ends_a_composed_word_sends_nothing()
    {
        // Safari ends the composition before this key: only its code tells.
        const string Composed = """
            field => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))
            """;
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "random");
        await chat.Field.FillAsync("にほ");
        await chat.Field.EvaluateAsync(Composed);
        await Expect(chat.Field).ToHaveValueAsync("にほ");
        await chat.Field.PressAsync("Enter");
        await Expect(chat.Message("にほ")).ToHaveCountAsync(1);

        await chat.NameButton.ClickAsync();
        Assert.False(await chat.NameField.EvaluateAsync<bool>(Composed), "the dialog would be confirmed by a composed word");
    }

    [Fact]
    public async Task One_who_writes_too_fast_reads_that_and_every_message_arrives_in_the_end()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "engineering");
        var rates = showcase.Showcase.Services.GetRequiredService<IOptions<VisitorOptions>>().Value.Person;
        var asUsual = rates[Act.Message];
        rates[Act.Message] = new(3, 1);
        try
        {
            for (var number = 1; number <= 6; number++) await chat.WriteAsync($"flood {number}");
            await Expect(chat.Status).ToContainTextAsync("You are sending messages too fast");
            await Expect(chat.Message("flood 6")).ToHaveAttributeAsync("data-state", "sent");
            await Expect(chat.Status).Not.ToContainTextAsync("too fast");
            for (var number = 1; number <= 6; number++) await Expect(chat.Message($"flood {number}")).ToHaveCountAsync(1);
        }
        finally
        {
            rates[Act.Message] = asUsual;
        }
    }
}

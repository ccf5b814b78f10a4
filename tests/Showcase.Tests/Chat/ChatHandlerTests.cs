using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Showcase.Chat;
using Showcase.Conversations;
using Showcase.Visitors;

namespace Showcase.Tests.Chat;

/// <summary>The chat's handlers without a socket, at a time of the test's choice.</summary>
public sealed class ChatHandlerTests : IAsyncLifetime
{
    private const int Burst = 4, Messages = 2;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chat");
    private DuplexTestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DuplexTestHost.StartAsync(
        builder => builder.Services.Configure<ChatOptions>(static chat => chat.Welcomes = false).AddDuplex().AddChat(_data.FullName),
        static app =>
        {
            var hub = app.MapDuplex();
            hub.OnConnect(static (ClientContext client, TimeProvider time, IOptions<VisitorOptions> options) =>
            {
                var rates = new Rates();
                options.Value.Person.CopyTo(rates);
                (rates[Act.Call], rates[Act.Message]) = (new(Burst, 1), new(Messages, 0.5));
                client.State = new Visitor(client.User, client.User, new VisitorAllowance("", null, new Allowance(time, rates)));
                return ConnectDecision.Allow();
            });
            hub.MapChat();
        });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_message_bears_its_author_and_the_server_s_time_in_the_reply_and_in_the_room()
    {
        var ada = await _host.ConnectAsync("ada");
        var bob = await _host.ConnectAsync("bob");
        await bob.SubscribeAsync("chat:lobby");
        await _host.AdvanceAsync(TimeSpan.FromSeconds(90));

        var sent = await ada.CallAsync<SentResult>("chat.send", new SendParams("lobby", " Hello ", "message-1"));

        var push = await bob.NextAsync();
        while (push.Kind != TestPushKind.Publication) push = await bob.NextAsync();
        Assert.Equal(sent!.Message, push.Read<MessageEvent>()!.Message);
        Assert.Equal(("ada", "Hello"), (sent.Message.User, sent.Message.Text));
        Assert.Equal(_host.Time.GetUtcNow().ToUnixTimeMilliseconds(), sent.Message.Time);
    }

    [Fact]
    public async Task A_changed_message_is_published_whole_with_its_next_revision()
    {
        var ada = await _host.ConnectAsync("ada");
        var bob = await _host.ConnectAsync("bob");
        var sent = (await ada.CallAsync<SentResult>("chat.send", new SendParams("lobby", "Helo", "message-1")))!.Message;
        await bob.SubscribeAsync("chat:lobby");
        await _host.AdvanceAsync(TimeSpan.FromSeconds(5));

        await ada.CallAsync("chat.edit", new EditParams("lobby", sent.Id, " Hello "));
        await bob.CallAsync("chat.react", new ReactParams("lobby", sent.Id, "👍", On: null));

        var edited = await ChangeAsync(bob);
        Assert.Equal(("Hello", 1L, _host.Time.GetUtcNow().ToUnixTimeMilliseconds()), (edited.Text, edited.Revision, edited.Edited));
        var liked = await ChangeAsync(bob);
        Assert.Equal(("Hello", 2L), (liked.Text, liked.Revision));
        Assert.Equal([new Reaction("👍", "bob", "bob")], liked.Reactions!);
    }

    [Fact]
    public async Task A_deleted_message_leaves_its_id_and_nothing_of_its_text()
    {
        var ada = await _host.ConnectAsync("ada");
        await ada.CallAsync("chat.send", new SendParams("lobby", "My secret", "message-1"));
        await ada.CallAsync("chat.send", new SendParams("lobby", "Pardon", "message-2", ReplyTo: 1));

        await ada.CallAsync("chat.delete", new MessageParams("lobby", 1));

        var messages = (await ada.CallAsync<HistoryResult>("chat.history", new HistoryParams("lobby", null, null)))!.Messages;
        Assert.Equal((1L, "", true), (messages[0].Id, messages[0].Text, messages[0].IsDeleted));
        Assert.Equal(new Quote("ada", "ada", ""), messages[1].Quote);
        await _host.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(410u, (await Assert.ThrowsAsync<ClientException>(() => ada.CallAsync("chat.edit", new EditParams("lobby", 1, "Hello")))).Error.Code);
    }

    [Fact]
    public async Task Only_the_author_changes_a_message()
    {
        var ada = await _host.ConnectAsync("ada");
        var bob = await _host.ConnectAsync("bob");
        await ada.CallAsync("chat.send", new SendParams("lobby", "Hello", "message-1"));

        Assert.Equal(403u, (await Assert.ThrowsAsync<ClientException>(() => bob.CallAsync("chat.edit", new EditParams("lobby", 1, "Bye")))).Error.Code);
        Assert.Equal(403u, (await Assert.ThrowsAsync<ClientException>(() => bob.CallAsync("chat.delete", new MessageParams("lobby", 1)))).Error.Code);
        Assert.Equal("Hello", (await ada.CallAsync<HistoryResult>("chat.history", new HistoryParams("lobby", null, null)))!.Messages[0].Text);
    }

    [Fact]
    public async Task A_reaction_is_there_once_however_often_it_is_sent_and_goes_when_it_is_withdrawn()
    {
        var ada = await _host.ConnectAsync("ada");
        await ada.CallAsync("chat.send", new SendParams("lobby", "Hello", "message-1"));
        await ada.CallAsync("chat.react", new ReactParams("lobby", 1, "🎉", On: true));
        var twice = await ada.CallAsync<SentResult>("chat.react", new ReactParams("lobby", 1, "🎉", On: true));
        Assert.Single(twice!.Message.Reactions!);

        var none = await ada.CallAsync<SentResult>("chat.react", new ReactParams("lobby", 1, "🎉", On: false));
        Assert.Null(none!.Message.Reactions);
        await _host.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(400u, (await Assert.ThrowsAsync<ClientException>(() => ada.CallAsync("chat.react", new ReactParams("lobby", 1, "<b>", On: true)))).Error.Code);
    }

    [Fact]
    public async Task A_message_has_a_bounded_number_of_reactions_which_take_a_bounded_number_of_bytes()
    {
        var ada = await _host.ConnectAsync("ada");
        await ada.CallAsync("chat.send", new SendParams("lobby", "Hello", "message-1"));
        for (var i = 0; i < 20; i++)
        {
            var visitor = await _host.ConnectAsync($"{new string('\u20AC', 22)}{i:D2}");
            await visitor.CallAsync("chat.react", new ReactParams("lobby", 1, "❤️", On: true));
        }

        var late = await _host.ConnectAsync("late");
        var refused = await Assert.ThrowsAsync<ClientException>(() => late.CallAsync("chat.react", new ReactParams("lobby", 1, "❤️", On: true)));
        Assert.Equal((400u, "A message has at most 20 reactions."), (refused.Error.Code, refused.Error.Message));
        await using var database = new SqliteConnection($"Data Source={Path.Combine(_data.FullName, "rooms.db")};Pooling=False");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = "SELECT length(CAST(reactions AS BLOB)) FROM messages";
        Assert.InRange((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, 20 * 2 * 66, 20 * 200);
    }

    [Theory]
    [InlineData("hello", "Hello 100%", "hello world")]
    [InlineData("0%", "Hello 100%")]
    [InlineData("a_b")]
    public async Task A_search_finds_what_contains_the_text_and_takes_no_character_as_a_pattern(string text, params string[] found)
    {
        var ada = await _host.ConnectAsync("ada");
        var number = 0;
        foreach (var message in (string[])["hello world", "Hello 100%", "aXb"])
        {
            await ada.CallAsync("chat.send", new SendParams("lobby", message, $"message-{number++}"));
            await _host.AdvanceAsync(TimeSpan.FromSeconds(2));
        }

        var result = await ada.CallAsync<SearchResult>("chat.search", new SearchParams("lobby", text));
        Assert.Equal(found, result!.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task Who_calls_too_often_waits_a_second()
    {
        var ada = await _host.ConnectAsync("ada");
        var latest = new HistoryParams("lobby", Before: null, Limit: null);
        for (var i = 0; i < Burst; i++) await ada.CallAsync("chat.history", latest);

        var refused = await Assert.ThrowsAsync<ClientException>(() => ada.CallAsync("chat.history", latest));
        Assert.Equal((429u, true), (refused.Error.Code, refused.Error.IsTemporary));
        await _host.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Empty((await ada.CallAsync<HistoryResult>("chat.history", latest))!.Messages);
    }

    [Fact]
    public async Task Who_writes_too_fast_is_told_for_how_long_to_wait()
    {
        var ada = await _host.ConnectAsync("ada");
        for (var i = 0; i < Messages; i++) await ada.CallAsync("chat.send", new SendParams("lobby", "Hello", $"message-{i}"));

        var refused = await Assert.ThrowsAsync<ClientException>(() => ada.CallAsync("chat.send", new SendParams("lobby", "Hello", "message-9")));
        Assert.Equal((429u, true), (refused.Error.Code, refused.Error.IsTemporary));
        Assert.Equal("You are sending messages too fast: try again in 2 seconds.", refused.Error.Message);
        await _host.AdvanceAsync(TimeSpan.FromSeconds(2));
        await ada.CallAsync("chat.send", new SendParams("lobby", "Hello", "message-9"));
    }

    [Theory]
    [InlineData("chat:lobby")]
    [InlineData("chat:cellar")]
    [InlineData("typing:lobby")]
    [InlineData("rooms:latest")]
    public async Task A_subscription_counts_as_a_call_whether_or_not_it_is_granted(string channel)
    {
        var ada = await _host.ConnectAsync("ada");
        for (var i = 0; i < Burst; i++)
        {
            if (channel == "chat:cellar") await Assert.ThrowsAsync<ClientException>(() => ada.SubscribeAsync(channel));
            else
            {
                await ada.SubscribeAsync(channel);
                await ada.UnsubscribeAsync(channel);
            }
        }

        var refused = await Assert.ThrowsAsync<ClientException>(() => ada.SubscribeAsync(channel));
        Assert.Equal((429u, true), (refused.Error.Code, refused.Error.IsTemporary));
    }

    private static async Task<Message> ChangeAsync(TestClient client)
    {
        while (true)
        {
            var push = await client.NextAsync();
            if (push.Kind == TestPushKind.Publication && push.Read<MessageEvent>() is { Type: "changed" } change) return change.Message;
        }
    }
}

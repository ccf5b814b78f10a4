using System.Text.Json;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Chat;

public sealed class ChatWireTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chat");
    private RunningShowcase _showcase = null!;

    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync(data: _data.FullName);

    public async ValueTask DisposeAsync()
    {
        await _showcase.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_message_reaches_everybody_in_the_room()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        await bob.SubscribeAsync("chat:lobby");
        var sent = await SendAsync(alice, "Hello", "message-1");

        var received = await bob.PublicationAsync("chat:lobby");
        Assert.Equal("message", received.GetProperty("type").GetString());
        Assert.Equal(sent.GetRawText(), received.GetProperty("message").GetRawText());
        Assert.Equal("Hello", sent.GetProperty("text").GetString());
        Assert.Equal("Guest", sent.GetProperty("name").GetString()!.Split(' ')[0]);
    }

    [Fact]
    public async Task A_new_name_is_that_of_later_messages_and_subscriptions_without_another_connection()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        Assert.Equal("Alice", (await alice.CallAsync("visitor.rename", """{"name":" Alice "}""")).GetProperty("name").GetString());
        Assert.StartsWith("ALICE #", (await bob.CallAsync("visitor.rename", """{"name":"ALICE"}""")).GetProperty("name").GetString(), StringComparison.Ordinal);

        await alice.SubscribeAsync("chat:lobby");
        Assert.Equal("Alice", (await SendAsync(alice, "Hello", "message-1")).GetProperty("name").GetString());
        var presence = await alice.CommandAsync("presence", """{"channel":"chat:lobby"}""");
        var here = presence.GetProperty("presence").GetProperty("presence").EnumerateObject().Single().Value;
        Assert.Equal("Alice", here.GetProperty("chan_info").GetProperty("name").GetString());
        Assert.Equal(400, (await alice.FailingCallAsync("visitor.rename", $$"""{"name":"{{new string('a', 33)}}"}""")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_message_sent_again_is_stored_and_published_once()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        await bob.SubscribeAsync("chat:lobby");
        var first = await SendAsync(alice, "Hello", "message-1");
        var again = await SendAsync(alice, "Hello", "message-1");
        await SendAsync(alice, "Bye", "message-2");

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal("message-1", (await bob.PublicationAsync("chat:lobby")).GetProperty("message").GetProperty("clientId").GetString());
        Assert.Equal("message-2", (await bob.PublicationAsync("chat:lobby")).GetProperty("message").GetProperty("clientId").GetString());
    }

    [Fact]
    public async Task Messages_sent_at_once_arrive_in_the_order_of_their_ids()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        await bob.SubscribeAsync("chat:lobby");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SendAsync(i % 2 == 0 ? alice : bob, $"{i}", $"message-{i}")));

        var last = 0L;
        for (var i = 0; i < 50; i++)
        {
            var id = (await bob.PublicationAsync("chat:lobby")).GetProperty("message").GetProperty("id").GetInt64();
            Assert.True(id > last, $"{id} follows {last}.");
            last = id;
        }
    }

    [Fact]
    public async Task History_scrolls_back_to_the_first_message()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        for (var i = 0; i < 25; i++) await SendAsync(alice, $"{i}", $"message-{i}");

        var texts = new List<string>();
        var before = "";
        for (var more = true; more;)
        {
            var page = await alice.CallAsync("chat.history", $$"""{"room":"lobby","limit":10{{before}}}""");
            texts.InsertRange(0, page.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString()!));
            before = $",\"before\":{page.GetProperty("messages")[0].GetProperty("id")}";
            more = page.GetProperty("more").GetBoolean();
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"{i}"), texts);
    }

    [Fact]
    public async Task What_was_missed_is_recovered_once_and_in_order()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        var subscription = await bob.SubscribeAsync("chat:lobby");
        await bob.DisposeAsync();
        for (var i = 0; i < 3; i++) await SendAsync(alice, $"{i}", $"message-{i}");

        await using var back = await _showcase.ConnectAsync("bob");
        var recovered = (await back.CommandAsync("subscribe",
            $$"""{"channel":"chat:lobby","recover":true,"epoch":"{{subscription.GetProperty("epoch").GetString()}}"}""")).GetProperty("subscribe");
        Assert.True(recovered.GetProperty("recovered").GetBoolean());
        Assert.Equal(["0", "1", "2"], recovered.GetProperty("publications").EnumerateArray()
            .Select(publication => publication.GetProperty("data").GetProperty("message").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Messages_and_markers_survive_a_restart()
    {
        await using (var alice = await _showcase.ConnectAsync("alice"))
        {
            var id = (await SendAsync(alice, "Hello", "message-1")).GetProperty("id").GetInt64();
            await alice.CallAsync("chat.read", $$"""{"room":"lobby","id":{{id}}}""");
        }

        await _showcase.DisposeAsync();
        _showcase = await RunningShowcase.StartAsync(data: _data.FullName);
        await using var bob = await _showcase.ConnectAsync("bob");
        var data = (await bob.SubscribeAsync("chat:lobby")).GetProperty("data");
        Assert.Equal("Hello", data.GetProperty("messages")[0].GetProperty("text").GetString());
        Assert.Equal(data.GetProperty("messages")[0].GetProperty("id").GetInt64(), data.GetProperty("reads")[0].GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Ids_count_the_messages_of_their_room()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        var ids = new List<long>();
        foreach (var room in (string[])["lobby", "lobby", "random", "lobby"])
            ids.Add((await SendAsync(alice, "Hello", $"message-{ids.Count}", room)).GetProperty("id").GetInt64());

        Assert.Equal([1, 2, 1, 3], ids);
    }

    [Fact]
    public async Task The_latest_message_of_each_room_is_pushed()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        await SendAsync(alice, "Before", "message-0");
        var rooms = (await bob.SubscribeAsync("rooms:latest")).GetProperty("data").GetProperty("rooms");
        Assert.Equal(["lobby", "markets", "engineering", "random"], rooms.EnumerateArray().Select(room => room.GetProperty("room").GetString()));
        Assert.Equal("Before", rooms[0].GetProperty("last").GetProperty("text").GetString());
        Assert.False(rooms[1].TryGetProperty("last", out _));

        var sent = await SendAsync(alice, "After", "message-1", "random");
        await SendAsync(alice, "After", "message-1", "random");
        await SendAsync(alice, "Last", "message-2");
        Assert.Equal(sent.GetRawText(), (await bob.PublicationAsync("rooms:latest")).GetRawText());
        Assert.Equal("Last", (await bob.PublicationAsync("rooms:latest")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_read_marker_moves_forward_only_and_every_window_of_its_user_is_told()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        await using var other = await ProtocolClient.OpenAsync(_showcase.Http);
        var user = (await other.ConnectAsync(RunningShowcase.KeyOf("bob"))).GetProperty("data").GetProperty("user").GetString();
        await alice.SubscribeAsync("chat:lobby");
        for (var i = 0; i < 3; i++) await SendAsync(alice, $"{i}", $"message-{i}");
        Assert.Equal(0, await ReadAsync(bob));

        await bob.CallAsync("chat.read", """{"room":"lobby","id":2}""");
        var read = await alice.PublicationAsync("chat:lobby", data => data.GetProperty("type").GetString() == "read");
        Assert.Equal(2, read.GetProperty("id").GetInt64());
        Assert.Equal("""{"room":"lobby","id":2}""", (await other.PublicationAsync($"reads:#{user}")).GetRawText());
        await bob.CallAsync("chat.read", """{"room":"lobby","id":1}""");
        Assert.Equal(2, await ReadAsync(bob));
        await bob.CallAsync("chat.read", """{"room":"lobby","id":999999}""");
        Assert.Equal("""{"room":"lobby","id":3}""", (await other.PublicationAsync($"reads:#{user}")).GetRawText());
        Assert.Equal(3, await ReadAsync(bob));
        Assert.Equal(0, await ReadAsync(alice));
    }

    [Fact]
    public async Task Nobody_follows_what_another_has_read()
    {
        await using var alice = await ProtocolClient.OpenAsync(_showcase.Http);
        var user = (await alice.ConnectAsync(RunningShowcase.KeyOf("alice"))).GetProperty("data").GetProperty("user").GetString();
        await using var bob = await _showcase.ConnectAsync("bob");
        var refused = await bob.CommandAsync("subscribe", $$"""{"channel":"reads:#{{user}}"}""");
        Assert.Equal(103, refused.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Who_is_there_is_known_by_name()
    {
        await using var alice = await ProtocolClient.OpenAsync(_showcase.Http);
        await alice.ConnectAsync($$"""{"data": {"key": "{{new string('a', 40)}}", "name": "Ada"} }""");
        await alice.SubscribeAsync("chat:lobby");
        var presence = await alice.CommandAsync("presence", """{"channel":"chat:lobby"}""");
        var entry = presence.GetProperty("presence").GetProperty("presence").EnumerateObject().Single().Value;
        Assert.Equal("Ada", entry.GetProperty("conn_info").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_typing_sign_says_who_and_nothing_else()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        await using var bob = await _showcase.ConnectAsync("bob");
        foreach (var client in (ProtocolClient[])[alice, bob]) await client.SubscribeAsync("typing:lobby");
        Assert.False((await alice.CommandAsync("publish", """{"channel":"typing:lobby","data":{"text":"spam"}}""")).TryGetProperty("error", out _));
        Assert.Equal("{}", (await bob.PublicationAsync("typing:lobby")).GetRawText());
    }

    [Theory]
    [InlineData(400, "chat.send", """{"room":"lobby","text":"  ","clientId":"message-1"}""")]
    [InlineData(400, "chat.send", """{"room":"lobby","text":"Hello","clientId":"1"}""")]
    [InlineData(404, "chat.send", """{"room":"cellar","text":"Hello","clientId":"message-1"}""")]
    [InlineData(404, "chat.history", """{"room":null}""")]
    [InlineData(400, "chat.history", """{"room":"lobby","limit":0}""")]
    [InlineData(400, "chat.read", """{"room":"lobby","id":0}""")]
    public async Task A_bad_call_gets_its_code(int code, string method, string data)
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        Assert.Equal(code, (await alice.FailingCallAsync(method, data)).GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData(2001)]
    [InlineData(20_000)]
    public async Task A_text_that_is_too_long_is_refused_with_a_sentence(int length)
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        var refused = await alice.FailingCallAsync(
            "chat.send", $$"""{"room":"lobby","text":"{{new string('x', length)}}","clientId":"message-1"}""");
        Assert.Equal(400, refused.GetProperty("code").GetInt32());
        Assert.Equal("text must have 1 to 2000 characters.", refused.GetProperty("message").GetString());
        Assert.Empty((await alice.CallAsync("chat.history", """{"room":"lobby"}""")).GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task Characters_are_counted_as_people_count_them_within_a_bound_in_bytes()
    {
        await using var alice = await _showcase.ConnectAsync("alice");
        var faces = string.Concat(Enumerable.Repeat("\U0001F600", 1500));
        Assert.Equal(faces, (await SendAsync(alice, faces, "message-1")).GetProperty("text").GetString());

        var marks = "e" + new string('\u0301', 3000);
        var refused = await alice.FailingCallAsync("chat.send", $$"""{"room":"lobby","text":"{{marks}}","clientId":"message-2"}""");
        Assert.Equal(400, refused.GetProperty("code").GetInt32());
        Assert.Equal("text must have at most 6000 bytes of UTF-8.", refused.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Who_has_no_key_reads_and_does_not_write()
    {
        await using var watcher = await _showcase.ConnectAsync();
        await watcher.SubscribeAsync("chat:lobby");
        await watcher.SubscribeAsync("typing:lobby");
        Assert.Equal(401, (await watcher.FailingCallAsync("chat.send", """{"room":"lobby","text":"Hello","clientId":"message-1"}""")).GetProperty("code").GetInt32());
        Assert.Equal(401, (await watcher.CommandAsync("publish", """{"channel":"typing:lobby","data":{}}""")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(103, (await watcher.CommandAsync("publish", """{"channel":"chat:lobby","data":{}}""")).GetProperty("error").GetProperty("code").GetInt32());
    }

    private static async Task<JsonElement> SendAsync(ProtocolClient client, string text, string clientId, string room = "lobby") =>
        (await client.CallAsync("chat.send", $$"""{"room":"{{room}}","text":"{{text}}","clientId":"{{clientId}}"}""")).GetProperty("message");

    private static async Task<long> ReadAsync(ProtocolClient client)
    {
        var data = (await client.SubscribeAsync("rooms:latest")).GetProperty("data");
        await client.CommandAsync("unsubscribe", """{"channel":"rooms:latest"}""");
        return data.GetProperty("rooms")[0].GetProperty("read").GetInt64();
    }
}

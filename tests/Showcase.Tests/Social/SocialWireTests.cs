using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Social;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Social;

/// <summary>The channels and calls of the square from outside.</summary>
public sealed class SocialWireTests : IAsyncLifetime
{
    // docs/protocol/social.md has the number of bytes of an update.
    private const int SharedPoll = 4, UpdateBytes = 120;

    private RunningShowcase _showcase = null!;
    private int _written;

    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync(configure: static builder =>
    {
        builder.Services.Configure<SocialOptions>(static social => social.Bots = false);
        builder.Services.Configure<VisitorOptions>(static limits => limits.ConnectionsPerAddress = 2000);
        builder.Services.Configure<VisitorOptions>(static limits =>
        {
            foreach (var act in (Act[])[Act.Connect, Act.Call, SocialEndpoints.Mark, SocialEndpoints.Read]) limits.Address[act] = new(100_000, 1000);
        });
    });

    public ValueTask DisposeAsync() => _showcase.DisposeAsync();

    [Fact]
    public async Task A_post_reaches_everybody_and_the_homes_of_those_who_follow_its_author_once()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var bob = await _showcase.ConnectAsync("bob");
        await using var carol = await _showcase.ConnectAsync("carol");
        var first = await PostAsync(ada, "The first");
        await bob.CallAsync("social.follow", Relate(first.GetProperty("user").GetString()!, on: true));
        await SubscribeHomeAsync(bob, "bob");
        await SubscribeHomeAsync(carol, "carol");
        await carol.SubscribeAsync("square:all");

        var post = await PostAsync(ada, "<img src=x onerror=alert(1)> #hello");
        await PostAsync(carol, "By Carol");

        Assert.Equal(post.GetRawText(), (await bob.PublicationAsync($"home:#{User("bob")}")).GetProperty("entry").GetProperty("post").GetRawText());
        Assert.Equal(post.GetRawText(), (await carol.PublicationAsync("square:all")).GetProperty("entry").GetProperty("post").GetRawText());

        // The home of Carol, who follows nobody, has her own post alone.
        Assert.Equal("By Carol", (await carol.PublicationAsync($"home:#{User("carol")}")).GetProperty("entry").GetProperty("post").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_post_that_is_sent_again_is_stored_once_and_the_same_text_from_another_window_is_refused()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        var data = Writing("Once", "client-0001");
        var stored = await ada.CallAsync("social.post", data);
        Assert.Equal(stored.GetRawText(), (await ada.CallAsync("social.post", data)).GetRawText());
        Assert.Equal(409, Code(await ada.FailingCallAsync("social.post", Writing("Once", "client-0002"))));
    }

    [Theory]
    [InlineData("social.post", """{"text":" ","clientId":"client-0001"}""", 400)]
    [InlineData("social.post", """{"text":"Hello","clientId":"short"}""", 400)]
    [InlineData("social.post", """{"text":"Hello","clientId":"client-0001","replyTo":-1}""", 400)]
    [InlineData("social.post", """{"text":"Hello","clientId":"client-0001","replyTo":999}""", 404)]
    [InlineData("social.like", """{"post":999,"on":true}""", 404)]
    [InlineData("social.like", """{"post":1}""", 400)]
    [InlineData("social.repost", """{"post":"one","on":true}""", 107)]
    [InlineData("social.follow", """{"user":"nobody","on":true}""", 404)]
    [InlineData("social.follow", """{"user":"","on":true}""", 400)]
    [InlineData("social.page", """{"of":"#not a tag"}""", 400)]
    [InlineData("social.page", "{}", 400)]
    [InlineData("social.posts", """{"posts":[]}""", 400)]
    [InlineData("social.read", """{"seq":0}""", 400)]
    [InlineData("social.profile", """{"user":"nobody"}""", 404)]
    public async Task A_call_with_bad_parameters_is_refused_with_a_code(string method, string data, int code)
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        Assert.Equal(code, Code(await ada.FailingCallAsync(method, data)));
    }

    [Fact]
    public async Task A_text_has_at_most_300_characters_as_people_count_them()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await PostAsync(ada, new string('ü', 300));
        Assert.Equal(400, Code(await ada.FailingCallAsync("social.post", Writing(new string('x', 301), "client-0002"))));
    }

    [Fact]
    public async Task Without_a_key_a_visitor_reads_and_does_not_write()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        var post = Id(await PostAsync(ada, "Hello"));
        await using var anonymous = await _showcase.ConnectAsync();
        Assert.Equal("Hello", (await anonymous.SubscribeAsync("square:all")).GetProperty("data").GetProperty("entries")[0].GetProperty("post").GetProperty("text").GetString());
        Assert.Equal(401, Code(await anonymous.FailingCallAsync("social.post", Writing("Hello", "client-0001"))));
        Assert.Equal(401, Code(await anonymous.FailingCallAsync("social.like", State(post, on: true))));
        Assert.Equal(401, Code(await anonymous.FailingCallAsync("social.page", """{"of":"home"}""")));
        await using var bob = await _showcase.ConnectAsync("bob");
        var refused = await bob.CommandAsync("subscribe", $$"""{"channel":"own:#{{User("ada")}}" }""");
        Assert.Equal(403, Code(refused.GetProperty("error")));
    }

    [Fact]
    public async Task A_user_who_posts_too_fast_is_refused_and_a_second_connection_does_not_help()
    {
        await using var window = await _showcase.ConnectAsync("ada");
        await using var other = await _showcase.ConnectAsync("ada");
        for (var i = 0; i < 10; i++) await PostAsync(i % 2 == 0 ? window : other, $"Number {i}");
        var refused = await other.FailingCallAsync("social.post", Writing("One more", "client-more"));
        Assert.Equal(429, Code(refused));
        Assert.StartsWith("You are posting too fast: try again in ", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edits_and_deletions_reach_every_page_and_a_deleted_post_takes_no_reply()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var bob = await _showcase.ConnectAsync("bob");
        await bob.SubscribeAsync("changes:posts");
        var post = Id(await PostAsync(ada, "Helo"));
        Assert.Equal(403, Code(await bob.FailingCallAsync("social.edit", $$"""{"post":{{post}},"text":"Mine"}""")));

        await ada.CallAsync("social.edit", $$"""{"post":{{post}},"text":"Hello"}""");
        await ada.CallAsync("social.edit", $$"""{"post":{{post}},"text":"Hello"}""");
        var edited = await bob.PublicationAsync("changes:posts");
        Assert.Equal(("edit", "Hello", 1), (Type(edited), edited.GetProperty("post").GetProperty("text").GetString(), edited.GetProperty("post").GetProperty("revision").GetInt32()));
        Assert.Equal("Helo", (await bob.CallAsync("social.versions", $$"""{"post":{{post}}}""")).GetProperty("versions")[0].GetProperty("text").GetString());

        await ada.CallAsync("social.delete", $$"""{"post":{{post}}}""");
        await ada.CallAsync("social.delete", $$"""{"post":{{post}}}""");
        Assert.Equal("delete", Type(await bob.PublicationAsync("changes:posts")));
        Assert.Equal(410, Code(await bob.FailingCallAsync("social.post", $$"""{"text":"Late","clientId":"client-late","replyTo":{{post}}}""")));
        Assert.Equal(410, Code(await bob.FailingCallAsync("social.like", State(post, on: true))));
    }

    [Fact]
    public async Task Replies_reach_the_thread_and_their_author_is_named_while_typing()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var bob = await _showcase.ConnectAsync("bob");
        var root = Id(await PostAsync(ada, "Question"));
        var reply = Id((await bob.CallAsync("social.post", $$"""{"text":"Answer","clientId":"client-answer","replyTo":{{root}}}""")).GetProperty("post"));
        var data = (await ada.SubscribeAsync($"thread:{root}")).GetProperty("data");
        Assert.Equal(("Question", "Answer"), (data.GetProperty("root").GetProperty("text").GetString(), data.GetProperty("replies")[0].GetProperty("text").GetString()));
        await ada.SubscribeAsync($"thread-typing:{root}");
        await bob.SubscribeAsync($"thread-typing:{root}");

        await bob.SubscribeAsync($"thread:{root}");
        var present = (await ada.CommandAsync("presence", $$"""{"channel":"thread:{{root}}"}""")).GetProperty("presence").GetProperty("presence");
        Assert.Equal(
            ((string[])[User("ada"), User("bob")]).Order(StringComparer.Ordinal),
            present.EnumerateObject().Select(static client => client.Value.GetProperty("user").GetString()!).Order(StringComparer.Ordinal));

        await bob.CommandAsync("publish", $"{{\"channel\":\"thread-typing:{root}\",\"data\":{{}}}}");
        await ada.PublicationAsync($"thread-typing:{root}");
        await ada.CallAsync("social.post", $$"""{"text":"Thanks","clientId":"client-thanks","replyTo":{{reply}}}""");

        var published = (await ada.PublicationAsync($"thread:{root}")).GetProperty("entry").GetProperty("post");
        Assert.Equal((root, reply, $"Guest {User("bob")[..4]}"), (published.GetProperty("thread").GetInt64(), published.GetProperty("replyTo").GetInt64(), published.GetProperty("replyName").GetString()));
        Assert.Equal(2, (await ada.CallAsync("social.posts", $$"""{"posts":[{{root}}]}""")).GetProperty("posts")[0].GetProperty("counts").GetProperty("c").GetInt32());
    }

    [Fact]
    public async Task A_block_refuses_likes_replies_and_follows_of_the_blocked_and_cuts_the_home()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var bob = await _showcase.ConnectAsync("bob");
        var post = Id(await PostAsync(ada, "By Ada"));
        await PostAsync(bob, "By Bob");
        await bob.CallAsync("social.follow", Relate(User("ada"), on: true));
        await SubscribeHomeAsync(bob, "bob");

        await ada.CallAsync("social.block", Relate(User("bob"), on: true));

        Assert.Equal(403, Code(await bob.FailingCallAsync("social.like", State(post, on: true))));
        Assert.Equal(403, Code(await bob.FailingCallAsync("social.follow", Relate(User("ada"), on: true))));
        Assert.Equal(403, Code(await bob.FailingCallAsync("social.post", $$"""{"text":"Why?","clientId":"client-why","replyTo":{{post}}}""")));
        await PostAsync(ada, "Not for Bob");
        await PostAsync(bob, "The next of Bob");
        Assert.Equal("The next of Bob", (await bob.PublicationAsync($"home:#{User("bob")}")).GetProperty("entry").GetProperty("post").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_like_reaches_the_other_window_with_the_version_by_which_it_is_ordered_with_replies()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var window = await _showcase.ConnectAsync("ada");
        await window.SubscribeAsync($"own:#{User("ada")}");
        var post = Id(await PostAsync(ada, "Like this"));
        var counts = (await ada.CallAsync("social.like", State(post, on: true))).GetProperty("counts");
        var own = await window.PublicationAsync($"own:#{User("ada")}");
        Assert.Equal(("like", post, true), (Type(own), own.GetProperty("post").GetInt64(), own.GetProperty("on").GetBoolean()));
        Assert.Equal(counts.GetProperty("v").GetInt64(), own.GetProperty("v").GetInt64());
    }

    [Fact]
    public async Task A_thousand_likers_end_at_a_thousand_and_a_watcher_receives_a_number_a_second()
    {
        const int Likers = 1000, Connections = 20;
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var watcher = await _showcase.ConnectAsync("watcher", TimeSpan.FromMinutes(2));
        await using var other = await _showcase.ConnectAsync("other", TimeSpan.FromMinutes(2));
        var (post, unliked) = (Id(await PostAsync(ada, "Like this")), Id(await PostAsync(ada, "And not this")));
        await TrackAsync(watcher, post);
        await TrackAsync(other, unliked);
        var received = watcher.Received.Length;
        var receivedByOther = other.Received.Length;

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async group =>
        {
            for (var i = 0; i < Likers / Connections; i++)
            {
                await using var liker = await _showcase.ConnectAsync($"liker-{group}-{i}", TimeSpan.FromMinutes(2));
                await liker.CallAsync("social.like", State(post, on: true));
            }
        }));
        var last = await watcher.PublicationAsync("counts:posts", static data => data.TryGetProperty("l", out var likes) && likes.GetInt32() == Likers);
        var seconds = clock.Elapsed.TotalSeconds;

        // One reading a second, one before the first like and one after the last; a publication per like would be a thousand.
        var text = watcher.Received[received..];
        var updates = text.Split("\"l\":").Length - 1;
        Assert.True(updates <= seconds + 2, $"{updates} updates in {seconds:F1} s");
        Assert.True(text.Length <= updates * UpdateBytes, $"{text.Length} bytes in {updates} updates: {text}");
        Assert.Equal(receivedByOther, other.Received.Length);
        Assert.Equal(Likers, (await ada.CallAsync("social.posts", $$"""{"posts":[{{post}}]}""")).GetProperty("posts")[0].GetProperty("counts").GetProperty("l").GetInt32());
        TestContext.Current.SendDiagnosticMessage($"{Likers} likes in {seconds:F1} s: {updates} updates of {text.Length} bytes, the last {last}");
    }

    private static async Task TrackAsync(ProtocolClient client, long post)
    {
        await client.SubscribeAsync("counts:posts", type: SharedPoll);
        await client.CommandAsync("sub_refresh", $$"""{"channel":"counts:posts","type":1,"track":[{"items":[{"key":"{{post}}"}]}]}""");
    }

    private async Task<JsonElement> PostAsync(ProtocolClient client, string text) =>
        (await client.CallAsync("social.post", Writing(text, $"client-{Interlocked.Increment(ref _written):D8}"))).GetProperty("post");

    private static Task<JsonElement> SubscribeHomeAsync(ProtocolClient client, string name) => client.SubscribeAsync($"home:#{User(name)}");

    private static string User(string name) => Visitor.UserOf(JsonElement.Parse(RunningShowcase.KeyOf(name)).GetProperty("data").GetProperty("key").GetString()!);

    private static string Writing(string text, string clientId) => JsonSerializer.Serialize(new { text, clientId });

    private static string State(long post, bool on) => JsonSerializer.Serialize(new { post, on });

    private static string Relate(string user, bool on) => JsonSerializer.Serialize(new { user, on });

    private static long Id(JsonElement post) => post.GetProperty("id").GetInt64();

    private static int Code(JsonElement error) => error.GetProperty("code").GetInt32();

    private static string? Type(JsonElement change) => change.GetProperty("type").GetString();
}

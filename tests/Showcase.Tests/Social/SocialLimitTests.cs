using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Social;
using Showcase.Social.People;
using Showcase.Social.Posts;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Social;

/// <summary>The limits of the square: each refuses with its code and its sentence, and never a state that is set already.</summary>
public sealed class SocialLimitTests : IAsyncLifetime
{
    private const int SharedPoll = 4, RoomLeft = 3;

    private RunningShowcase _showcase = null!;
    private long _written;

    private SocialStore Store => _showcase.Services.GetRequiredService<SocialStore>();

    // A bucket that refills by a call in a thousand seconds holds its burst alone.
    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync(configure: static builder =>
    {
        builder.Services.Configure<SocialOptions>(static social => social.Bots = false);
        builder.Services.Configure<VisitorOptions>(static limits =>
        {
            foreach (var act in (Act[])[SocialEndpoints.Write, SocialEndpoints.Mark, SocialEndpoints.Read]) limits.Person[act] = new(limits.Person[act].Burst, 0.001);
            limits.Person[Act.Call] = limits.Address[Act.Call] = new(100_000, 1000);
            limits.Address[SocialEndpoints.Mark] = limits.Address[SocialEndpoints.Read] = new(100_000, 1000);
        });
    });

    public ValueTask DisposeAsync() => _showcase.DisposeAsync();

    [Theory]
    [InlineData("follow", 2000)]
    [InlineData("mute", 500)]
    [InlineData("block", 500)]
    public async Task A_person_has_a_limited_number_of_relations_of_a_kind(string kind, int max)
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await WriteAsync(store =>
        {
            Add(store, "the-last");
            Add(store, "one-too-many");
            for (var i = 1; i < max; i++) store.Relations.Set(User("ada"), new(Enum.Parse<RelationKind>(kind, ignoreCase: true), $"person-{i}", "P"), on: true);
        });
        var last = Relate("the-last", on: true);
        await ada.CallAsync($"social.{kind}", last);

        await RefusesAsync(ada, $"social.{kind}", Relate("one-too-many", on: true), 400, $"You have reached the maximum of {max} people.");

        // The reply of a call may be lost, so a state that is set already is confirmed.
        Assert.True((await ada.CallAsync($"social.{kind}", last)).GetProperty("on").GetBoolean());
        await ada.CallAsync($"social.{kind}", Relate("the-last", on: false));
        await ada.CallAsync($"social.{kind}", Relate("one-too-many", on: true));
    }

    [Fact]
    public async Task A_person_has_a_limited_number_of_likes_and_reposts()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        var (last, more) = (0L, 0L);
        await WriteAsync(store =>
        {
            (last, more) = (Add(store, "author").Id, Add(store, "author").Id);
            for (var i = 0; i < SocialRules.MaxMarks - 1; i++) store.Posts.Like(Add(store, "author").Id, User("ada"), on: true);
        });
        await ada.CallAsync("social.repost", State(last, on: true));

        await RefusesAsync(ada, "social.like", State(more, on: true), 400, "You have reached the maximum of 5000 likes and reposts.");
        await RefusesAsync(ada, "social.repost", State(more, on: true), 400, "You have reached the maximum of 5000 likes and reposts.");

        Assert.True((await ada.CallAsync("social.repost", State(last, on: true))).GetProperty("on").GetBoolean());
        await ada.CallAsync("social.repost", State(last, on: false));
        Assert.Equal(1, (await ada.CallAsync("social.like", State(more, on: true))).GetProperty("counts").GetProperty("l").GetInt32());
    }

    [Fact]
    public async Task The_square_has_a_limited_number_of_relations_and_of_likes_and_reposts()
    {
        await using var showcase = await RunningShowcase.StartAsync(configure: static builder => builder.Services.Configure<SocialOptions>(static social =>
            (social.Bots, social.MaxRelations, social.MaxMarks) = (false, RoomLeft, RoomLeft)));
        await using var ada = await showcase.ConnectAsync("ada");
        var store = showcase.Services.GetRequiredService<SocialStore>();
        List<long> posts = [];
        using (await store.Turns.TakeAsync(TestContext.Current.CancellationToken))
            for (var i = 0; i <= RoomLeft; i++) posts.Add(Add(store, $"author-{i}").Id);
        for (var i = 0; i < RoomLeft; i++)
        {
            await ada.CallAsync("social.like", State(posts[i], on: true));
            await ada.CallAsync("social.follow", Relate($"author-{i}", on: true));
        }

        await RefusesAsync(ada, "social.like", State(posts[^1], on: true), 429, "The square keeps no further likes and reposts: try again later.");
        await RefusesAsync(ada, "social.repost", State(posts[^1], on: true), 429, "The square keeps no further likes and reposts: try again later.");
        await RefusesAsync(ada, "social.mute", Relate($"author-{RoomLeft}", on: true), 429, "The square keeps no further relations: try again later.");

        await ada.CallAsync("social.like", State(posts[0], on: false));
        await ada.CallAsync("social.repost", State(posts[^1], on: true));
    }

    [Fact]
    public async Task States_and_pages_have_a_rate_and_a_second_connection_does_not_help()
    {
        await using var window = await _showcase.ConnectAsync("ada");
        await using var other = await _showcase.ConnectAsync("ada");
        var post = 0L;
        await WriteAsync(store => post = Add(store, "author").Id);
        for (var i = 0; i < 120; i++) await (i % 2 == 0 ? window : other).CallAsync("social.like", State(post, on: i % 2 == 0));
        await RefusesAsync(other, "social.like", State(post, on: true), 429, "You are changing likes, reposts and people too fast: try again in ");
        for (var i = 0; i < 60; i++) await (i % 2 == 0 ? window : other).CallAsync("social.page", """{"of":"all"}""");
        await RefusesAsync(other, "social.page", """{"of":"all"}""", 429, "You are reading too fast: try again in ");
    }

    [Fact]
    public async Task A_post_has_a_limited_number_of_edits()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        var post = (await ada.CallAsync("social.post", """{"text":"Hello","clientId":"client-0001"}""")).GetProperty("post").GetProperty("id").GetInt64();
        await WriteAsync(store =>
        {
            for (var i = 0; i < 20; i++) store.Posts.Edit(store.Posts.Find(post)!, $"Version {i}", i);
        });
        await RefusesAsync(ada, "social.edit", $$"""{"post":{{post}},"text":"One more"}""", 400, "A post has at most 20 edits.");
        await ada.CallAsync("social.edit", $$"""{"post":{{post}},"text":"Version 19"}""");
    }

    [Fact]
    public async Task Texts_ids_and_pages_have_a_limited_size()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        var family = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 40));
        await RefusesAsync(ada, "social.post", JsonSerializer.Serialize(new { text = family, clientId = "client-0001" }), 400, "");
        await RefusesAsync(ada, "social.posts", JsonSerializer.Serialize(new { posts = Enumerable.Range(1, 201) }), 400, "posts must have 1 to 200 ids.");
        await RefusesAsync(ada, "social.profile", Relate(new string('x', 65), on: true), 400, "user must have 1 to 64 characters.");
        var refused = await ada.CommandAsync("subscribe", """{"channel":"square:all","data":{"limit":51}}""");
        Assert.Equal((400, "limit must be 1 to 50."), (refused.GetProperty("error").GetProperty("code").GetInt32(), refused.GetProperty("error").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_connection_tracks_a_limited_number_of_posts()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await ada.SubscribeAsync("counts:posts", type: SharedPoll);
        var items = Enumerable.Range(1, 201).Select(static key => new { key = $"{key}" });
        var refused = await ada.CommandAsync("sub_refresh", JsonSerializer.Serialize(new { channel = "counts:posts", type = 1, track = new[] { new { items } } }));
        Assert.Equal(106, refused.GetProperty("error").GetProperty("code").GetInt32());
    }

    private static async Task RefusesAsync(ProtocolClient client, string method, string data, int code, string sentence)
    {
        var error = await client.FailingCallAsync(method, data);
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.StartsWith(sentence, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task WriteAsync(Action<SocialStore> write)
    {
        using var turn = await Store.Turns.TakeAsync(TestContext.Current.CancellationToken);
        Store.Write(() =>
        {
            write(Store);
            return true;
        });
    }

    private Post Add(SocialStore store, string user) => store.Posts.Add(new(0, user, user, $"Text {++_written}", _written, $"client-{_written:D8}"));

    private static string User(string name) => Visitor.UserOf(JsonElement.Parse(RunningShowcase.KeyOf(name)).GetProperty("data").GetProperty("key").GetString()!);

    private static string State(long post, bool on) => JsonSerializer.Serialize(new { post, on });

    private static string Relate(string user, bool on) => JsonSerializer.Serialize(new { user, on });
}

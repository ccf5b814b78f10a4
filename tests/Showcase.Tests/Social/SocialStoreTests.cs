using System.Globalization;
using CsCheck;
using Showcase.Social;
using Showcase.Social.Notifications;
using Showcase.Social.People;
using Showcase.Social.Posts;

namespace Showcase.Tests.Social;

/// <summary>The posts, timelines, relations and notifications of the square.</summary>
public sealed class SocialStoreTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("social");
    private SocialStore _store;
    private int _written;

    public SocialStoreTests() => _store = Open();

    public void Dispose()
    {
        _store.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public void Whatever_is_set_in_whatever_order_the_numbers_are_those_of_the_people_who_have_set_it_last()
    {
        var step = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 1], Gen.Bool, Gen.Bool);
        step.Array[0, 60].Sample(steps =>
        {
            var posts = new[] { Post("author", $"One {_written}"), Post("author", $"Two {_written}") };
            HashSet<(int, int)> likes = [], reposts = [];
            foreach (var (user, post, isLike, on) in steps)
            {
                var before = _store.Posts.Find(posts[post].Id)!.Counts;
                var set = isLike ? likes : reposts;
                var isChanged = on ? set.Add((post, user)) : set.Remove((post, user));
                var counts = isLike
                    ? _store.Posts.Like(posts[post].Id, $"user-{user}", on).Counts
                    : _store.Posts.Repost(posts[post], $"user-{user}", $"User {user}", on).Counts;
                Assert.Equal((likes.Count(like => like.Item1 == post), reposts.Count(repost => repost.Item1 == post)), (counts.Likes, counts.Reposts));
                Assert.Equal(isChanged, counts.Version > before.Version);
            }

            for (var post = 0; post < 2; post++)
                for (var user = 0; user < 5; user++)
                {
                    var seen = _store.Posts.Find(posts[post].Id, $"user-{user}")!;
                    Assert.Equal((likes.Contains((post, user)), reposts.Contains((post, user))), (seen.Liked, seen.Reposted));
                }
        }, iter: 20, threads: 1);
    }

    [Fact]
    public void The_pages_of_a_home_have_each_entry_once_and_their_gaps_have_the_exact_size()
    {
        // Five people post and repost; the reader follows some, and has muted one of them.
        var act = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3]);
        Gen.Select(act.Array[0, 40], Gen.Int[1, 7], Gen.Int[0, 31]).Sample((acts, limit, follows) =>
        {
            var run = _written++;
            var reader = $"reader-{run}";
            List<Post> posts = [];
            List<long> expected = [];
            for (var user = 0; user < 5; user++)
                if ((follows & (1 << user)) != 0) _store.Relations.Set(reader, new(RelationKind.Follow, Name(user), Name(user)), on: true);
            _store.Relations.Set(reader, new(RelationKind.Mute, Name(4), Name(4)), on: true);
            foreach (var (user, other) in acts)
            {
                var isSeen = user != 4 && (follows & (1 << user)) != 0;
                if (other > 0 && posts.Find(post => post.User != Name(user)) is { } found)
                {
                    var entry = _store.Posts.Repost(found, Name(user), Name(user), on: true).Entry;
                    if (entry is { } id && isSeen && found.User != Name(4)) expected.Add(id);
                }
                else
                {
                    posts.Add(Post(Name(user), $"Text {_written}"));
                    if (isSeen) expected.Add(posts[^1].Id);
                }
            }

            List<long> read = [];
            var before = long.MaxValue;
            Page page;
            do
            {
                page = _store.Timelines.Read(TimelineOf.Home, reader, before, 0, limit);
                read.AddRange(page.Entries.Select(static entry => entry.Id));
                Assert.Equal(expected.Count - read.Count, page.Left);
                if (page.Entries.Count > 0) before = page.Entries[^1].Id;
            }
            while (page.Left > 0);
            Assert.Equal(expected.OrderDescending(), read);

            string Name(int user) => string.Create(CultureInfo.InvariantCulture, $"u{run}-{user}");
        }, iter: 30, threads: 1);
    }

    [Fact]
    public void A_block_hides_each_from_the_other_and_ends_what_they_follow()
    {
        var (ada, bob) = (Post("ada", "By Ada"), Post("bob", "By Bob"));
        Follow("ada", "bob");
        Follow("bob", "ada");
        Follow("carol", "ada");
        Assert.Equal(["ada", "bob", "carol"], _store.Relations.Audience("ada", "ada").Order());
        _store.Relations.Set("carol", new(RelationKind.Mute, "bob", "bob"), on: true);
        Assert.DoesNotContain("carol", _store.Relations.Audience("ada", "bob"));

        _store.Relations.Set("ada", new(RelationKind.Block, "bob", "bob"), on: true);

        Assert.Equal(["ada", "carol"], _store.Relations.Audience("ada", "ada").Order());
        Assert.Equal([ada.Id], Read(TimelineOf.All, "ada").Select(static entry => entry.Id));
        Assert.Equal([bob.Id], Read(TimelineOf.All, "bob").Select(static entry => entry.Id));
        Assert.Empty(Read(new() { User = "ada" }, "bob"));
        Assert.Equal(2, Read(TimelineOf.All, "").Count);
    }

    [Fact]
    public void A_deleted_post_leaves_every_timeline_and_its_replies_keep_their_thread()
    {
        var post = Post("ada", "About #sleep");
        var reply = _store.Posts.Add(Draft("bob", "Indeed") with { ReplyTo = post.Id, Thread = post.Id });
        _store.Posts.Repost(post, "bob", "Bob", on: true);
        _store.Posts.Like(post.Id, "bob", on: true);
        Assert.Equal(new(1, 1, 1), _store.Posts.Find(post.Id)!.Counts with { Version = 0 });
        Assert.Single(Read(new() { Tag = "sleep" }, "ada"));

        var deleted = _store.Posts.Delete(post);

        Assert.Equal((true, "", 1L), (deleted.Deleted, deleted.Text, deleted.Revision));
        Assert.Empty(Read(TimelineOf.All, "ada"));
        Assert.Empty(Read(new() { User = "bob" }, "ada"));
        Assert.Empty(Read(new() { Tag = "sleep" }, "ada"));
        Assert.Empty(_store.Posts.CountsOf([post.Id]));
        Assert.Equal([reply.Id], _store.Posts.Replies(post.Id, long.MaxValue, 10, "ada").Select(static found => found.Id));
    }

    [Fact]
    public void An_edit_keeps_the_earlier_texts_and_moves_the_tags()
    {
        var post = Post("ada", "About #sleep");
        var edited = _store.Posts.Edit(post, "About #time", 5);
        _store.Posts.Edit(edited, "About #Time and #time", 9);
        Assert.Equal([new("About #sleep", post.Time), new("About #time", 5)], _store.Posts.Versions(post.Id));
        Assert.Empty(Read(new() { Tag = "sleep" }, ""));
        Assert.Equal([new Trend("time", 1)], _store.Posts.Trends(0, 10));
    }

    [Fact]
    public void The_oldest_posts_are_removed_with_all_that_belongs_to_them()
    {
        _store.Dispose();
        _store = Open();
        var first = Post("ada", "The first #one");
        _store.Posts.Like(first.Id, "bob", on: true);
        for (var i = 0; i < 70; i++) Post("ada", $"Number {i}");
        _store.Dispose();
        _store = new SocialStore(_data.FullName, new() { MaxPosts = 5 });
        Assert.Equal(5, _store.Posts.Count);
        Assert.Null(_store.Posts.Find(first.Id));
        Assert.Equal(5, Read(TimelineOf.All, "").Count);
        Assert.Empty(_store.Posts.Trends(0, 10));
    }

    [Fact]
    public void An_id_is_not_used_again_after_a_repost_was_withdrawn()
    {
        var post = Post("ada", "Hello");
        var entry = _store.Posts.Repost(post, "bob", "Bob", on: true).Entry!.Value;
        Assert.Equal(entry, _store.Posts.Repost(post, "bob", "Bob", on: false).Entry);
        _store.Dispose();
        _store = Open();
        Assert.True(Post("ada", "Again").Id > entry);
    }

    [Fact]
    public void Acts_of_one_kind_with_one_post_are_gathered_and_an_act_that_is_repeated_counts_once()
    {
        var post = Post("ada", "Hello");
        NotificationKey key = new("ada", NotificationKind.Like, post.Id);
        foreach (var (user, on) in (ReadOnlySpan<(string, bool)>)[("bob", true), ("carol", true), ("bob", false), ("bob", true), ("ada", true)])
        {
            _store.Posts.Like(post.Id, user, on);
            _store.Notifications.Gather(key, user, on, 1);
        }

        var gathered = Assert.Single(_store.Notifications.Of("ada"));
        Assert.Equal((2L, "Hello"), (gathered.Count, gathered.Text));
        Assert.Equal(0, _store.Notifications.ReadOf("ada"));
        Assert.Equal(gathered.Seq, _store.Notifications.MoveRead("ada", 1000));
        Assert.Equal(gathered.Seq, _store.Notifications.MoveRead("ada", 1));

        foreach (var user in (string[])["bob", "carol"])
        {
            _store.Posts.Like(post.Id, user, on: false);
            _store.Notifications.Gather(key, user, on: false, 2);
        }

        Assert.Empty(_store.Notifications.Of("ada"));
        Assert.Equal(0, _store.Notifications.Find(key).Count);
    }

    [Fact]
    public void The_notifications_about_posts_that_are_removed_are_removed_with_them_and_so_are_markers_without_any()
    {
        var post = Post("ada", "The first");
        foreach (var kind in Enum.GetValues<NotificationKind>())
        {
            _store.Posts.Like(post.Id, "bob", on: true);
            _store.Posts.Repost(post, "bob", "Bob", on: true);
            _store.Posts.Add(Draft("bob", $"Reply {kind}") with { ReplyTo = post.Id, Thread = post.Id });
            Follow("bob", "ada");
            _store.Notifications.Gather(new("ada", kind, kind == NotificationKind.Follow ? 0 : post.Id), "Bob", on: true, 1);
        }

        Assert.Equal(4, _store.Notifications.Of("ada").Count);
        var marker = _store.Notifications.MoveRead("ada", 1000);
        Assert.True(marker > 0);
        Assert.Equal(0, _store.Notifications.MoveRead("bob", 1000));

        for (var i = 0; i < 70; i++) Post("ada", $"Number {i}");
        _store.Dispose();
        _store = new SocialStore(_data.FullName, new() { MaxPosts = 5 });

        Assert.Equal([NotificationKind.Follow], _store.Notifications.Of("ada").Select(static notification => notification.Kind));
        Assert.Equal(marker, _store.Notifications.ReadOf("ada"));

        _store.Relations.Set("bob", new(RelationKind.Follow, "ada", "ada"), on: false);
        _store.Notifications.Gather(new("ada", NotificationKind.Follow, 0), "Bob", on: false, 2);
        _store.Dispose();
        _store = Open();
        Assert.Equal(0, _store.Notifications.ReadOf("ada"));
    }

    [Theory]
    [InlineData("Nothing")]
    [InlineData("#Sleep, and #sleep; then #time.", "sleep", "time")]
    [InlineData("https://example.org/#part a#b ##c", new string[0])]
    [InlineData("#a #1_2 #süß", "1_2", "süß")]
    public void Tags_are_words_after_a_sign(string text, params string[] tags) => Assert.Equal(tags, Tags.Of(text));

    private SocialStore Open() => new(_data.FullName, new());

    private Post Draft(string user, string text) => new(0, user, user, text, ++_written, $"client-{_written:D8}");

    private Post Post(string user, string text) => _store.Posts.Add(Draft(user, text));

    private void Follow(string user, string other) => _store.Relations.Set(user, new(RelationKind.Follow, other, other), on: true);

    private IReadOnlyList<Entry> Read(TimelineOf of, string reader) => _store.Timelines.Read(of, reader, long.MaxValue, 0, 100).Entries;
}

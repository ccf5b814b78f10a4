using System.Globalization;
using Showcase.Social.Posts;

namespace Showcase.Social.Bots;

/// <summary>The bots: they post, reply to each other and like, and now and then many of them like one post. Used within a turn, once a second.</summary>
internal sealed class BotCrowd(SocialStore store)
{
    private const int First = 30, Recent = 30, LikesPerTick = 4, Readers = 500, StormEvery = 180, StormTicks = 10, StormLikes = Readers / StormTicks;
    private const double PostChance = 0.4, ReplyChance = 0.15;
    private const long FirstSpacing = 60_000;

    private readonly List<Post> _recent = [];
    private readonly Random _random = new(1616);
    private (Bot Bot, string Text)[] _lines = [];
    private int _next;
    private long _ticks, _written;
    private Post? _storm;

    /// <summary>Stores what the bots do within a second; in an empty store, also what they did before.</summary>
    /// <returns>The new posts and replies.</returns>
    public List<Post> Act(long now)
    {
        if (_ticks == 0 && store.Posts.Count == 0) for (var i = First; i > 0; i--) Write(now - (i * FirstSpacing), null);
        List<Post> written = [];
        if (_random.NextDouble() < PostChance) written.Add(Write(now, null));
        if (_recent.Count > 0 && _random.NextDouble() < ReplyChance) written.Add(Write(now, Any(_recent)));
        for (var i = 0; i < LikesPerTick && _recent.Count > 0; i++) Like(Any(_recent), _random.Next(Readers));
        Storm();
        _ticks++;
        return written;
    }

    private void Storm()
    {
        var tick = (int)(_ticks % StormEvery);
        if (tick == 0) _storm = _recent.LastOrDefault();
        if (_storm is not null && tick < StormTicks)
            for (var i = 0; i < StormLikes; i++) Like(_storm, (tick * StormLikes) + i);
    }

    private Post Write(long time, Post? parent)
    {
        var (bot, text) = Next();
        var post = store.Posts.Add(new(0, bot.User, bot.Name, text, time, string.Create(CultureInfo.InvariantCulture, $"bot-{time}-{_written++}"))
        {
            Bot = true,
            ReplyTo = parent?.Id,
            Thread = parent?.Id,
        });
        if (parent is null) _recent.Add(post);
        if (_recent.Count > Recent) _recent.RemoveAt(0);
        return post;
    }

    private void Like(Post post, int reader)
    {
        if (!store.Posts.IsFull && store.Posts.Find(post.Id) is { Deleted: false }) store.Posts.Like(post.Id, string.Create(CultureInfo.InvariantCulture, $"bot-reader-{reader}"), on: true);
    }

    // No text is repeated before all others were posted.
    private (Bot Bot, string Text) Next()
    {
        if (_next == _lines.Length)
        {
            _lines = [.. Bot.All.SelectMany(static bot => bot.Lines.Select(text => (bot, text)))];
            _random.Shuffle(_lines);
            _next = 0;
        }

        return _lines[_next++];
    }

    private Post Any(List<Post> posts) => posts[_random.Next(posts.Count)];
}

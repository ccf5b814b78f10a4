using System.Globalization;
using Duplex.Messaging.Publications;
using Microsoft.AspNetCore.Http;
using Showcase.News;
using Showcase.News.Feeds;

namespace Showcase.Tests.News;

/// <summary>Requests of feeds, against a server that counts them.</summary>
public sealed class FetcherTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("news");
    private FeedServer _server = null!;
    private FeedSource _source = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeedServer.StartAsync();
        _source = NewsHost.SourceAt(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task An_unchanged_feed_is_sent_once_ever_also_across_a_restart()
    {
        _server.Serve(Feed("one"), "\"v1\"");
        await using (var news = await NewsHost.StartAsync(_data.FullName))
        {
            Assert.Equal(SourceState.New, (await news.RequestAsync(_source)).Entry.State);
            for (var request = 0; request < 3; request++) Assert.Equal(SourceState.Unchanged, (await news.RequestAsync(_source)).Entry.State);
        }

        await using var again = await NewsHost.StartAsync(_data.FullName);
        var (entry, _) = await again.RequestAsync(_source);

        Assert.Equal([200, 304, 304, 304, 304], _server.Statuses);
        Assert.Equal((SourceState.Unchanged, "The feed has not changed (304).", 1), (entry.State, entry.Words, entry.Stories));
    }

    [Fact]
    public async Task A_feed_without_a_tag_is_sent_again_and_nothing_of_it_is_stored_twice()
    {
        _server.Serve(Feed("one", "two"));
        await using var news = await NewsHost.StartAsync(_data.FullName);
        await news.RequestAsync(_source);

        var (entry, _) = await news.RequestAsync(_source);

        Assert.Equal((SourceState.Unchanged, 2), (entry.State, entry.Stories));
        Assert.All(await news.StoriesAsync(_source.Id), static story => Assert.Equal(1, story.Revision));
    }

    [Fact]
    public async Task The_time_of_modification_is_sent_back_as_the_server_wrote_it()
    {
        const string modified = "Sat, 28 Nov 2026 10:00:00 GMT";
        _server.Respond = context =>
        {
            context.Response.Headers.LastModified = modified;
            if (context.Request.Headers.IfModifiedSince != modified) return context.Response.WriteAsync(Feed("one"));
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        };
        await using var news = await NewsHost.StartAsync(_data.FullName);
        await news.RequestAsync(_source);
        await news.RequestAsync(_source);

        Assert.Equal([200, 304], _server.Statuses);
    }

    [Fact]
    public async Task The_interval_grows_while_nothing_changes_up_to_its_maximum()
    {
        _server.Serve(Feed("one"), "\"v1\"");
        await using var news = await NewsHost.StartAsync(_data.FullName);
        var minutes = new List<double>();
        for (var request = 0; request < 14; request++) minutes.Add(((await news.RequestAsync(_source)).Next - news.Now) / 60_000.0);

        Assert.Equal((10, 15, 360), (minutes[0], minutes[1], minutes[^1]));
        Assert.Equal(minutes.Order(), minutes);
    }

    [Theory]
    [InlineData(200, "Cache-Control", "max-age=3600", 60)]
    [InlineData(503, "Retry-After", "7200", 120)]
    [InlineData(429, "Retry-After", "99999999", 1440)]
    [InlineData(200, "Cache-Control", "max-age=1", 10)]
    public async Task A_server_that_asks_to_wait_is_not_requested_earlier(int status, string name, string value, int minutes)
    {
        _server.Respond = context =>
        {
            (context.Response.StatusCode, context.Response.Headers[name]) = (status, value);
            return context.Response.WriteAsync(Feed("one"));
        };
        await using var news = await NewsHost.StartAsync(_data.FullName);

        var next = (await news.RequestAsync(_source)).Next - news.Now;

        Assert.InRange(next, minutes * 60_000L, Math.Max(minutes, 15) * 60_000L);
    }

    [Fact]
    public async Task The_time_to_live_of_a_feed_holds_also_while_the_feed_does_not_change()
    {
        _server.Serve(Rss("<ttl>120</ttl><item><guid>g</guid><title>One</title></item>"), "\"v1\"");
        await using var news = await NewsHost.StartAsync(_data.FullName);
        for (var request = 0; request < 3; request++)
            Assert.Equal(120, ((await news.RequestAsync(_source)).Next - news.Now) / 60_000);
    }

    [Theory]
    [InlineData("<skipHours><hour>12</hour><hour>13</hour></skipHours>", "2026-11-29T14:00:00Z")]
    [InlineData("<skipDays><day>sunday</day></skipDays>", "2026-11-30T00:00:00Z")]
    [InlineData("<skipDays><day>Sunday</day></skipDays><skipHours><hour>24</hour><hour>1</hour></skipHours>", "2026-11-30T02:00:00Z")]
    [InlineData("<skipDays><day>Sunday</day><day>Monday</day><day>Tuesday</day><day>Wednesday</day></skipDays>", "2026-11-29T12:10:00Z")]
    [InlineData("<skipDays><day>Someday</day></skipDays><skipHours><hour>noon</hour><hour>-12</hour></skipHours><ttl>soon</ttl>", "2026-11-29T12:10:00Z")]
    public async Task A_feed_is_not_requested_in_the_hours_and_days_that_it_skips(string channel, string next)
    {
        _server.Serve(Rss($"{channel}<item><guid>g</guid><title>One</title></item>"));
        await using var news = await NewsHost.StartAsync(_data.FullName, new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));

        var (entry, at) = await news.RequestAsync(_source);

        Assert.Equal(SourceState.New, entry.State);
        Assert.Equal(DateTimeOffset.Parse(next, CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeMilliseconds(at));
    }

    [Fact]
    public async Task A_changed_item_is_a_correction_that_keeps_what_was_written_before()
    {
        _server.Serve(Rss("<item><guid>g</guid><title>Nine ships are late</title></item>"));
        await using var news = await NewsHost.StartAsync(_data.FullName);
        await news.RequestAsync(_source);
        _server.Serve(Rss("<item><guid>g</guid><title>Six ships are late</title></item>"));
        await news.RequestAsync(_source);

        var story = Assert.Single(await news.StoriesAsync(_source.Id));
        Assert.Equal(("Six ships are late", "Nine ships are late", 2), (story.Title, story.WasTitle, story.Revision));
    }

    [Fact]
    public async Task A_retraction_is_final_although_the_feed_still_contains_the_item()
    {
        const string item = "<entry><id>e</id><title>Nine ships are late</title><updated>2026-11-28T10:00:00Z</updated></entry>";
        const string tombstone = """<at:deleted-entry ref="e" when="2026-11-28T00:00:00Z"><at:comment>They are not.</at:comment></at:deleted-entry>""";
        _server.Serve(Atom(item));
        await using var news = await NewsHost.StartAsync(_data.FullName);
        await news.RequestAsync(_source);
        _server.Serve(Atom(item + tombstone));
        await news.RequestAsync(_source);
        _server.Serve(Atom(item.Replace("Nine", "Six", StringComparison.Ordinal) + tombstone));
        await news.RequestAsync(_source);
        await news.RequestAsync(_source);

        var story = Assert.Single(await news.StoriesAsync(_source.Id));
        Assert.Equal(("Nine ships are late", "They are not.", 2), (story.Title, story.Retracted, story.Revision));
    }

    [Fact]
    public async Task The_same_story_of_two_sources_is_one_story_with_both_named()
    {
        const string item = "<item><guid>g</guid><title>The lighthouse of the northern cape is lit again</title></item>";
        _server.Serve(Rss(item));
        await using var news = await NewsHost.StartAsync(_data.FullName);
        await news.RequestAsync(_source);
        var other = new FeedSource("feed-2", "Another", "world", new Uri($"{_server.Address}?other"));
        await news.RequestAsync(other);
        await news.RequestAsync(other);

        Assert.Equal(["feed-2"], Assert.Single(await news.StoriesAsync(_source.Id)).Also!);
        Assert.Empty(await news.StoriesAsync("feed-2"));
    }

    [Fact]
    public async Task The_first_import_is_not_published_and_a_flood_at_most_in_part()
    {
        _server.Serve(Feed([.. Enumerable.Range(1, 50).Select(static number => $"first {number}")]));
        await using var news = await NewsHost.StartAsync(_data.FullName);
        var reader = await news.ConnectAsync("reader");
        await reader.SubscribeAsync("news:wire");
        await news.RequestAsync(_source);
        await news.SettleAsync();
        Assert.Empty(reader.TakePushes());

        _server.Serve(Feed([.. Enumerable.Range(1, 50).Select(static number => $"second {number}")]));
        await news.RequestAsync(_source);
        await news.SettleAsync();

        Assert.Equal(20, reader.TakePushes().Count);
        Assert.Equal(100, (await news.StoriesAsync(_source.Id)).Count);
    }

    [Fact]
    public async Task A_failed_source_states_why_and_its_stories_stay()
    {
        _server.Serve(Feed("one"));
        await using var news = await NewsHost.StartAsync(_data.FullName);
        await news.RequestAsync(_source);

        Assert.Equal("The server responded with status 500.", await FailureAsync(news, static context => context.Response.StatusCode = 500));
        Assert.Equal("The feed is larger than 2 MiB.", await FailureAsync(news, null, new string(' ', 3 << 20)));
        Assert.Equal("The document is neither RSS 2.0 nor Atom 1.0.", await FailureAsync(news, null, "<html></html>"));
        Assert.Equal("The server can" + "not be reached, or its response is broken.", await FailureAsync(news, static context => context.Abort()));
        Assert.Single(await news.StoriesAsync(_source.Id));
    }

    [Fact]
    public async Task A_redirect_into_a_private_network_is_refused_and_one_without_end_too()
    {
        await using var news = await NewsHost.StartAsync(_data.FullName);
        await using var inside = await FeedServer.StartAsync();
        inside.Serve(Feed("secret"));

        Assert.Equal("The server redirects into a private network.", await RedirectAsync(news, inside.Address.AbsoluteUri));
        Assert.Equal("The server redirects into a private network.", await RedirectAsync(news, $"http://localhost:{inside.Address.Port}/"));
        Assert.Equal("The server redirects into a private network.", await RedirectAsync(news, $"http://[::ffff:127.0.0.1]:{inside.Address.Port}/"));
        Assert.Equal("The server redirects into a private network.", await RedirectAsync(news, _server.Address.AbsoluteUri));
        Assert.Equal("The server redirects to an address that is not of the web.", await RedirectAsync(news, "file:///etc/passwd"));
        Assert.Empty(inside.Statuses);
    }

    [Fact]
    public async Task The_loop_requests_each_feed_when_its_time_has_come()
    {
        _server.Serve(Feed("one"), "\"v1\"");
        await using var news = await NewsHost.StartAsync(_data.FullName, sources: [_source]);
        await news.RequestedAfterAsync(news.Now, _source);
        await news.RequestedAfterAsync(news.Now + (long)TimeSpan.FromMinutes(10).TotalMilliseconds, _source);

        Assert.Equal(200, _server.Statuses.First());
        Assert.All(_server.Statuses.Skip(1), static status => Assert.Equal(304, status));
        Assert.True(_server.Statuses.Count > 1);
    }

    [Fact]
    public async Task In_an_hour_each_unchanged_feed_is_sent_once_and_confirmed_from_then_on()
    {
        _server.Serve(Feed("one"), "\"v1\"");
        FeedSource[] sources = [.. Enumerable.Range(1, 3).Select(number => new FeedSource($"feed-{number}", $"Feed {number}", "science", new($"{_server.Address}?{number}")))];
        await using var news = await NewsHost.StartAsync(_data.FullName, sources: sources);
        var end = news.Now + (long)TimeSpan.FromHours(1).TotalMilliseconds;
        foreach (var source in sources) await news.RequestedAfterAsync(news.Now, source);
        while (news.Now < end)
        {
            foreach (var source in sources) await news.RequestedBeforeAsync(news.Now, source);
            await news.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(sources.Length, _server.Statuses.Count(static status => status == 200));
        Assert.All(_server.Statuses.Where(static status => status != 200), static status => Assert.Equal(304, status));
        Assert.InRange(_server.Statuses.Count, 3 * sources.Length, 7 * sources.Length);
    }

    [Fact]
    public async Task After_an_hour_away_a_reader_recovers_exactly_what_was_published()
    {
        _server.Serve(Feed("first"));
        await using var news = await NewsHost.StartAsync(_data.FullName);
        await news.RequestAsync(_source);
        StreamPosition position;
        await using (var before = await news.ConnectAsync("reader")) position = (await before.SubscribeAsync("news:wire", new() { Recoverable = true })).Position;
        for (var time = 0; time < 6; time++)
        {
            _server.Serve(Feed("first", $"late {time}"));
            await news.RequestAsync(_source);
            await news.AdvanceAsync(TimeSpan.FromMinutes(10));
        }

        await using var back = await news.ConnectAsync("reader");
        var recovered = await back.SubscribeAsync("news:wire", new() { Recoverable = true, Since = position });

        Assert.True(recovered.IsRecovered);
        Assert.Equal(Enumerable.Range(0, 6).Select(static time => $"Story late {time}"), recovered.Publications.Select(static push => push.Read<StoryEvent>()!.Story.Title));
    }

    [Fact]
    public async Task A_reader_that_missed_more_than_is_kept_receives_the_latest_50_stories()
    {
        _server.Serve(Feed([.. Enumerable.Range(1, 60).Select(static number => $"story {number}")]));
        await using var news = await NewsHost.StartAsync(_data.FullName);
        await news.RequestAsync(_source);
        await using var reader = await news.ConnectAsync("reader");

        var subscribed = await reader.SubscribeAsync("news:wire", new() { Recoverable = true, Since = new(7, "another epoch") });

        Assert.False(subscribed.IsRecovered);
        Assert.Empty(subscribed.Publications);
        var data = subscribed.Read<StoriesData>()!;
        Assert.Equal((50, true), (data.Stories.Count, data.More));
        Assert.All(data.Stories, story => Assert.Equal(_source.Id, story.Source));
    }

    [Fact]
    public async Task A_feed_is_requested_within_a_day_or_so_after_the_clock_was_a_year_ahead()
    {
        _server.Serve(Feed("one"), "\"v1\"");
        var now = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
        await using (var ahead = await NewsHost.StartAsync(_data.FullName, now.AddYears(1))) await ahead.RequestAsync(_source);
        await using var news = await NewsHost.StartAsync(_data.FullName, now, [_source]);

        // The clock goes on while the request is under way.
        await news.RequestedAfterAsync(news.Now, _source, TimeSpan.FromMinutes(1));

        Assert.InRange(news.Now, now.ToUnixTimeMilliseconds(), now.AddDays(2).ToUnixTimeMilliseconds());
    }

    private async Task<string?> FailureAsync(NewsHost news, Action<HttpContext>? respond, string body = "")
    {
        _server.Respond = context =>
        {
            respond?.Invoke(context);
            return context.RequestAborted.IsCancellationRequested ? Task.CompletedTask : context.Response.WriteAsync(body);
        };
        var (entry, _) = await news.RequestAsync(_source);
        Assert.Equal(SourceState.Failed, entry.State);
        return entry.Words;
    }

    private Task<string?> RedirectAsync(NewsHost news, string target) => FailureAsync(news, context =>
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = target;
    });

    private static string Feed(params string[] names) => Rss(string.Concat(names.Select(static name =>
        string.Create(CultureInfo.InvariantCulture, $"<item><guid>{name}</guid><title>Story {name}</title><description>About {name}.</description></item>"))));

    private static string Atom(string entries) =>
        $"<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:at=\"http://purl.org/atompub/tombstones/1.0\"><title>t</title><id>f</id><updated>2026-11-28T00:00:00Z</updated>{entries}</feed>";

    private static string Rss(string items) =>
        $"<rss version=\"2.0\"><channel><title>t</title><link>https://example.com</link><description>d</description>{items}</channel></rss>";
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Applications;
using Showcase.News;
using Showcase.News.Feeds;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.News;

/// <summary>The channels and calls of the wire from outside.</summary>
public sealed class NewsWireTests : IAsyncLifetime
{
    private const string Science = """{"op":"or","nodes":[{"key":"breaking","cmp":"eq","val":"1"},{"key":"topic","cmp":"in","vals":["science"]}]}""";
    private const string Sport = """{"op":"or","nodes":[{"key":"breaking","cmp":"eq","val":"1"},{"key":"topic","cmp":"in","vals":["sport"]}]}""";

    private RunningShowcase _showcase = null!;
    private int _written;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync();

    public ValueTask DisposeAsync() => _showcase.DisposeAsync();

    [Fact]
    public async Task A_story_reaches_those_who_chose_its_topic_and_a_breaking_one_everybody()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        await using var scientist = await SubscribedAsync("scientist", Science, """{"topics":["science"]}""");
        await using var fan = await SubscribedAsync("fan", Sport, """{"topics":["sport"]}""");

        var plain = await WriteAsync(editor, "A comet returns", "science");
        var breaking = await WriteAsync(editor, "The moon is found", "world", isBreaking: true);

        Assert.Equal(plain.GetRawText(), (await scientist.PublicationAsync("news:wire")).GetProperty("story").GetRawText());
        Assert.Equal(breaking.GetRawText(), (await scientist.PublicationAsync("news:wire")).GetProperty("story").GetRawText());

        // The filter is the server's: no byte of the other story was sent.
        Assert.Equal(breaking.GetRawText(), (await fan.PublicationAsync("news:wire")).GetProperty("story").GetRawText());
        Assert.DoesNotContain("A comet returns", fan.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recovery_obeys_the_filter()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        JsonElement position;
        await using (var before = await _showcase.ConnectAsync("reader"))
            position = (await before.CommandAsync("subscribe", Subscribe(Science, "null"))).GetProperty("subscribe");
        await WriteAsync(editor, "Science one", "science");
        await WriteAsync(editor, "Sport one", "sport");
        await WriteAsync(editor, "World breaks", "world", isBreaking: true);
        await WriteAsync(editor, "Science two", "science");

        await using var back = await _showcase.ConnectAsync("reader");
        var recover = $$"""{{Subscribe(Science, "null")[..^1]}},"recover":true,"epoch":"{{position.GetProperty("epoch").GetString()}}","offset":{{(position.TryGetProperty("offset", out var offset) ? offset.GetUInt64() : 0)}}}""";
        var recovered = (await back.CommandAsync("subscribe", recover)).GetProperty("subscribe");

        Assert.True(recovered.GetProperty("recovered").GetBoolean());
        Assert.Equal(["Science one", "World breaks", "Science two"], recovered.GetProperty("publications").EnumerateArray().Select(TitleOf));
        static string? TitleOf(JsonElement publication) => publication.GetProperty("data").GetProperty("story").GetProperty("title").GetString();
    }

    [Fact]
    public async Task Who_comes_late_receives_the_latest_stories_of_the_choice_and_pages_of_older_ones()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        await WriteAsync(editor, "A comet returns", "science");
        await WriteAsync(editor, "A cup is won", "sport");
        await using var reader = await _showcase.ConnectAsync("reader");

        var subscribed = (await reader.CommandAsync("subscribe", Subscribe(Science, """{"topics":["science"],"hidden":["archive"]}"""))).GetProperty("subscribe");
        var story = Assert.Single(subscribed.GetProperty("data").GetProperty("stories").EnumerateArray());
        Assert.Equal("A comet returns", story.GetProperty("title").GetString());

        var older = await reader.CallAsync("news.page", $$"""{"time":{{story.GetProperty("time")}},"id":{{story.GetProperty("id")}},"topics":["science"]}""");
        Assert.Equal(3, older.GetProperty("stories").GetArrayLength());
        Assert.False(older.GetProperty("more").GetBoolean());

        await using var preview = await _showcase.ConnectAsync("preview");
        var latest = (await preview.CommandAsync("subscribe", Subscribe(Science, """{"topics":["science"],"limit":2}"""))).GetProperty("subscribe").GetProperty("data");
        Assert.Equal(["A comet returns", Text(older.GetProperty("stories")[0], "title")], latest.GetProperty("stories").EnumerateArray().Select(static story => Text(story, "title")));
        Assert.True(latest.GetProperty("more").GetBoolean());
    }

    [Fact]
    public async Task A_correction_names_the_revision_that_it_changes_and_an_older_one_is_refused_with_the_newer_story()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        await using var other = await _showcase.ConnectAsync("other");
        await using var reader = await SubscribedAsync("reader", Science, "null");
        var id = (await WriteAsync(editor, "Nine planets", "science")).GetProperty("id");
        await reader.PublicationAsync("news:wire");

        var first = $$"""{"id":{{id}},"revision":1,"title":"Eight planets","summary":""}""";
        var corrected = await editor.CallAsync("news.correct", first);
        Assert.True(corrected.GetProperty("isStored").GetBoolean());
        var published = await reader.PublicationAsync("news:wire");
        Assert.Equal(("update", "Eight planets", "Nine planets"), (Text(published, "type"), Text(published.GetProperty("story"), "title"), Text(published.GetProperty("story"), "wasTitle")));

        // The same correction again changes nothing; another one of the same revision is refused.
        Assert.Equal(2, (await editor.CallAsync("news.correct", first)).GetProperty("story").GetProperty("revision").GetInt32());
        var late = await editor.CallAsync("news.correct", $$"""{"id":{{id}},"revision":1,"title":"Ten planets"}""");
        Assert.Equal((false, "Eight planets"), (late.GetProperty("isStored").GetBoolean(), Text(late.GetProperty("story"), "title")));
        Assert.Equal(403, (await other.FailingCallAsync("news.correct", first)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_retraction_reaches_the_readers_with_its_reason_and_is_final()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        await using var reader = await SubscribedAsync("reader", Science, "null");
        var id = (await WriteAsync(editor, "Cold fusion works", "science")).GetProperty("id");
        await reader.PublicationAsync("news:wire");

        await editor.CallAsync("news.retract", $$"""{"id":{{id}},"reason":"It does not."}""");
        var published = await reader.PublicationAsync("news:wire");
        Assert.Equal(("retract", "It does not."), (Text(published, "type"), Text(published.GetProperty("story"), "retracted")));

        await editor.CallAsync("news.retract", $$"""{"id":{{id}},"reason":"Another reason."}""");
        var late = await editor.CallAsync("news.correct", $$"""{"id":{{id}},"revision":2,"title":"Cold fusion may work"}""");
        Assert.Equal((false, "It does not."), (late.GetProperty("isStored").GetBoolean(), Text(late.GetProperty("story"), "retracted")));
    }

    [Fact]
    public async Task Read_marks_reach_every_window_of_the_reader_and_no_other()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        var id = (await WriteAsync(editor, "A comet returns", "science")).GetProperty("id").GetInt64();
        await using var one = await _showcase.ConnectAsync("reader");
        await using var two = await _showcase.ConnectAsync("reader");
        var channel = NewsEndpoints.MarksOf(Visitor.UserOf("reader".PadRight(32, '.')));
        Assert.Empty((await two.SubscribeAsync(channel)).GetProperty("data").GetProperty("read").EnumerateArray());
        Assert.Equal(403, (await editor.CommandAsync("subscribe", $$"""{"channel":"{{channel}}"}""")).GetProperty("error").GetProperty("code").GetInt32());

        await one.CallAsync("news.read", $$"""{"ids":[{{id}},999999],"isRead":true}""");
        Assert.True((await two.PublicationAsync(channel)).GetProperty("isRead").GetBoolean());
        Assert.Equal([id], (await one.SubscribeAsync(channel)).GetProperty("data").GetProperty("read").EnumerateArray().Select(static read => read.GetInt64()));

        await two.CallAsync("news.read", $$"""{"ids":[{{id}}],"isRead":false}""");
        await using var three = await _showcase.ConnectAsync("reader");
        Assert.Empty((await three.SubscribeAsync(channel)).GetProperty("data").GetProperty("read").EnumerateArray());
    }

    [Fact]
    public async Task A_search_finds_all_words_and_the_beginning_of_the_last_one()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        await WriteAsync(editor, "Der Müllwagen fährt heute", "culture");
        Assert.Equal("Der Müllwagen fährt heute", Text(Assert.Single(await FoundAsync(editor, "mullwagen FÄH")), "title"));
        Assert.Empty(await FoundAsync(editor, "müllwagen morgen"));

        // What is syntax for the index is none here.
        Assert.Empty(await FoundAsync(editor, """ \"müll* OR NEAR(title: """));
        Assert.Equal(400, (await editor.FailingCallAsync("news.search", """{"text":"*\"()"}""")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_story_that_is_sent_again_is_stored_once_and_one_too_many_is_refused()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        var first = await editor.CallAsync("news.write", Story("client-0001", "A comet returns", "science"));
        Assert.Equal(first.GetRawText(), (await editor.CallAsync("news.write", Story("client-0001", "A comet returns", "science"))).GetRawText());

        for (var number = 2; number <= 5; number++) await editor.CallAsync("news.write", Story($"client-000{number}", $"Story {number}", "science"));
        Assert.Equal(429, (await editor.FailingCallAsync("news.write", Story("client-0006", "Story 6", "science"))).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_story_that_the_wire_has_already_is_refused_however_often_it_is_sent()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        await using var other = await _showcase.ConnectAsync("other");
        await WriteAsync(editor, "A comet with a long tail returns", "science");

        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.Equal(409, (await other.FailingCallAsync("news.write", Story("client-other", "A comet with a long tail returns", "science"))).GetProperty("code").GetInt32());
            Assert.Equal(409, (await editor.FailingCallAsync("news.write", Story("client-again", "A comet with a long tail returns", "science"))).GetProperty("code").GetInt32());
        }
    }

    [Fact]
    public async Task The_wire_has_one_breaking_story_at_a_time_whoever_writes_it()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        await using var other = await _showcase.ConnectAsync("other");
        var breaking = await WriteAsync(editor, "The moon is found", "world", isBreaking: true);
        var again = await editor.CallAsync("news.write", Story(Text(breaking, "clientId")!, "The moon is found", "world", isBreaking: true));
        Assert.Equal(breaking.GetRawText(), again.GetProperty("story").GetRawText());

        Assert.Equal(409, (await other.FailingCallAsync("news.write", Story("client-0001", "The sun too", "world", isBreaking: true))).GetProperty("code").GetInt32());
        await other.CallAsync("news.write", Story("client-0001", "The sun too", "world"));
    }

    [Theory]
    [InlineData("news.write", """{"clientId":"client-0001","title":"","topic":"science"}""", 400)]
    [InlineData("news.write", """{"clientId":"client-0001","title":"\u200b\u202e","topic":"science"}""", 400)]
    [InlineData("news.write", """{"clientId":"client-0001","title":"t","topic":"gossip"}""", 400)]
    [InlineData("news.write", """{"clientId":"short","title":"t","topic":"science"}""", 400)]
    [InlineData("news.correct", """{"id":1,"revision":1,"title":"t"}""", 403)]
    [InlineData("news.correct", """{"id":99999,"revision":1,"title":"t"}""", 404)]
    [InlineData("news.retract", """{"id":1}""", 400)]
    [InlineData("news.read", """{"ids":[],"isRead":true}""", 400)]
    [InlineData("news.read", """{"ids":[0],"isRead":true}""", 400)]
    [InlineData("news.read", """{"ids":[1]}""", 400)]
    [InlineData("news.page", """{"topics":["gossip"]}""", 400)]
    [InlineData("news.page", """{"hidden":[""]}""", 400)]
    [InlineData("news.page", """{"limit":0}""", 400)]
    [InlineData("news.page", """{"limit":51}""", 400)]
    [InlineData("news.search", """{"text":null}""", 400)]
    public async Task Bad_input_is_refused_with_a_code_and_a_sentence(string method, string data, int code)
    {
        await using var editor = await _showcase.ConnectAsync("editor");

        var error = await editor.FailingCallAsync(method, data);

        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.EndsWith(".", Text(error, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_are_too_long_are_refused()
    {
        await using var editor = await _showcase.ConnectAsync("editor");

        Assert.Equal(400, (await editor.FailingCallAsync("news.write", Story("client-0001", new string('a', 141), "science"))).GetProperty("code").GetInt32());
        Assert.Equal(400, (await editor.FailingCallAsync("news.write", Story("client-0001", "t", "science", new string('a', 501)))).GetProperty("code").GetInt32());
        await editor.CallAsync("news.write", Story("client-0001", new string('a', 140), "science", new string('a', 500)));
    }

    [Fact]
    public async Task A_visitor_without_a_key_reads_and_does_not_write()
    {
        await using var visitor = await _showcase.ConnectAsync();
        var stories = (await visitor.SubscribeAsync("news:wire")).GetProperty("data").GetProperty("stories");
        Assert.Equal(12, stories.EnumerateArray().Count(static story => Text(story, "source") == "archive"));

        foreach (var (method, data) in ((string, string)[])[("news.write", Story("client-0001", "t", "science")), ("news.read", """{"ids":[1],"isRead":true}"""), ("news.retract", """{"id":1,"reason":"r"}""")])
            Assert.Equal(401, (await visitor.FailingCallAsync(method, data)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task An_announcement_of_another_application_becomes_a_story_and_its_repetition_a_correction()
    {
        await using var reader = await SubscribedAsync("reader", Sport, """{"topics":["sport"]}""");
        var announcements = _showcase.Services.GetRequiredService<Announcements>();
        Assert.True(announcements.IsFollowed);

        announcements.Make(new("match 1", "sport", "Full time: Reds 2–1 Blues", "Northern League.", "/sports/m1"));
        var story = (await reader.PublicationAsync("news:wire")).GetProperty("story");
        Assert.Equal(("events", "/sports/m1"), (Text(story, "source"), Text(story, "link")));

        announcements.Make(new("match 1", "sport", "Full time: Reds 1–1 Blues", "Northern League.", "/sports/m1"));
        var update = await reader.PublicationAsync("news:wire");
        Assert.Equal(("update", "Full time: Reds 2–1 Blues"), (Text(update, "type"), Text(update.GetProperty("story"), "wasTitle")));
    }

    [Fact]
    public async Task The_feed_of_the_wire_is_sent_once_until_it_changes()
    {
        using var client = new HttpClient { BaseAddress = _showcase.Http };
        using var first = await client.GetAsync("/news/feed.atom", Token);
        Assert.Equal("application/atom+xml", first.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Why a client masks its frames", await first.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(client, first.Headers.ETag!));
        await using var editor = await _showcase.ConnectAsync("editor");
        await WriteAsync(editor, "A comet returns", "science");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, first.Headers.ETag!));
    }

    [Fact]
    public async Task A_story_with_a_character_that_XML_lacks_does_not_break_the_feed()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        await WriteAsync(editor, "A comet \\uffffreturns", "science");
        using var client = new HttpClient { BaseAddress = _showcase.Http };

        Assert.Contains("A comet returns", await client.GetStringAsync("/news/feed.atom", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_feed_is_the_same_under_every_name_of_the_server()
    {
        var local = await FeedUnderAsync(_showcase.Http.Authority);

        Assert.Contains("href=\"/news#story-", local, StringComparison.Ordinal);
        foreach (var host in (string[])["wire.example.com", "xn--a", "a!b", ""]) Assert.Equal(local, await FeedUnderAsync(host));

        async Task<string> FeedUnderAsync(string host)
        {
            using var client = new TcpClient(_showcase.Http.Host, _showcase.Http.Port);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /news/feed.atom HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), Token);
            using var reader = new StreamReader(stream);
            var lines = (await reader.ReadToEndAsync(Token)).Split("\r\n");
            Assert.Equal("HTTP/1.1 200 OK", lines[0]);
            var body = Array.IndexOf(lines, "");
            return string.Join('\n', lines.Where((line, index) => index > body || line.StartsWith("ETag:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_retraction_has_its_own_time_in_the_feed()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        var story = await WriteAsync(editor, "A comet returns", "science");
        var retracted = (await editor.CallAsync("news.retract", $$"""{"id":{{story.GetProperty("id")}},"reason":"It was a kite."}""")).GetProperty("story");
        using var client = new HttpClient { BaseAddress = _showcase.Http };

        var feed = XElement.Parse(await client.GetStringAsync("/news/feed.atom", Token));
        var tombstone = Assert.Single(feed.Elements(FeedReader.Tombstones + "deleted-entry"));
        Assert.EndsWith($"#story-{story.GetProperty("id")}", tombstone.Attribute("ref")!.Value, StringComparison.Ordinal);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(retracted.GetProperty("retractedAt").GetInt64());
        Assert.Equal(time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), tombstone.Attribute("when")!.Value);
        Assert.True(retracted.GetProperty("retractedAt").GetInt64() >= story.GetProperty("time").GetInt64());
    }

    [Fact]
    public async Task A_second_instance_reads_the_feed_of_the_first_with_its_corrections_and_retractions()
    {
        await using var editor = await _showcase.ConnectAsync("editor");
        var id = (await WriteAsync(editor, "A comet with a long tail returns", "science", summary: "<b>Look up</b> & wave")).GetProperty("id");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"# the first instance\n{new Uri(_showcase.Http, "/news/feed.atom")} world First wire\n", Token);
        await using var second = await RunningShowcase.StartAsync(feeds: file, configure: static builder => builder.Services.Configure<NewsOptions>(static options =>
            (options.StartSpread, options.MinInterval, options.MaxInterval) = (TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1))));
        File.Delete(file);
        await using var reader = await second.ConnectAsync("reader");
        await reader.CommandAsync("subscribe", Subscribe(Science, "null"));
        await reader.SubscribeAsync("sources:all", type: 1);
        await reader.PublicationAsync("sources:all", static entry => Text(entry, "state") == "unchanged");

        await editor.CallAsync("news.correct", $$"""{"id":{{id}},"revision":1,"title":"A comet with two long tails returns","summary":"Look up"}""");
        var update = (await reader.PublicationAsync("news:wire")).GetProperty("story");
        Assert.Equal(("science", "A comet with a long tail returns", "<b>Look up</b> & wave"), (Text(update, "topic"), Text(update, "wasTitle"), Text(update, "wasSummary")));

        await WriteAsync(editor, "A second comet is on its way", "science");
        var story = await reader.PublicationAsync("news:wire");
        Assert.Equal(("story", "A second comet is on its way"), (Text(story, "type"), Text(story.GetProperty("story"), "title")));

        await editor.CallAsync("news.retract", $$"""{"id":{{id}},"reason":"It was a kite."}""");
        var retract = await reader.PublicationAsync("news:wire");
        Assert.Equal(("retract", "It was a kite."), (Text(retract, "type"), Text(retract.GetProperty("story"), "retracted")));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, EntityTagHeaderValue etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/news/feed.atom");
        request.Headers.IfNoneMatch.Add(etag);
        using var response = await client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private async Task<ProtocolClient> SubscribedAsync(string name, string filter, string choice)
    {
        var client = await _showcase.ConnectAsync(name);
        await client.CommandAsync("subscribe", Subscribe(filter, choice));
        return client;
    }

    private async Task<JsonElement> WriteAsync(ProtocolClient editor, string title, string topic, bool isBreaking = false, string summary = "") =>
        (await editor.CallAsync("news.write", Story($"client-{++_written:D4}", title, topic, summary, isBreaking))).GetProperty("story");

    private static async Task<IEnumerable<JsonElement>> FoundAsync(ProtocolClient reader, string text) =>
        (await reader.CallAsync("news.search", $$"""{"text":"{{text}}"}""")).GetProperty("stories").EnumerateArray();

    private static string Subscribe(string filter, string data) => $$"""{"channel":"news:wire","tf":{{filter}},"data":{{data}}}""";

    private static string Story(string clientId, string title, string topic, string summary = "", bool isBreaking = false) =>
        $$"""{"clientId":"{{clientId}}","title":"{{title}}","summary":"{{summary}}","topic":"{{topic}}","breaking":{{(isBreaking ? "true" : "false")}}}""";

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Pad;
using Showcase.Pad.Changes;
using Showcase.Tests.Pad.Documents;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Pad;

/// <summary>The documents' channels and calls from outside.</summary>
public sealed class PadWireTests : IAsyncLifetime
{
    private RunningShowcase _showcase = null!;

    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync();

    public ValueTask DisposeAsync() => _showcase.DisposeAsync();

    [Fact]
    public async Task A_push_is_published_with_its_version_and_its_page()
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        await using var bob = await PadWriter.ConnectAsync(_showcase, "bob");
        var doc = await ada.CreateAsync("Notes");
        await bob.JoinAsync(doc);

        Assert.Equal(1, await ada.PushAsync(doc, 0, 0, """[[0,"Hello"]]"""));

        var push = await bob.Client.PublicationAsync($"pad:{doc}");
        Assert.Equal($$"""{"v":0,"c":"{{ada.Page}}","n":0,"u":[[[0,"Hello"]]]}""", push.GetRawText());
    }

    [Fact]
    public async Task A_push_for_an_older_version_is_moved_over_what_is_newer()
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        await using var bob = await PadWriter.ConnectAsync(_showcase, "bob");
        var doc = await ada.CreateAsync("Notes");
        await ada.PushAsync(doc, 0, 0, """[[0,"Hello"]]""");
        await ada.PushAsync(doc, 1, 1, """[[0,"Oh! "],5]""");

        Assert.Equal(3, await bob.PushAsync(doc, 1, 0, """[5,[0," world"]]"""));

        Assert.Equal("Oh! Hello world", await bob.TextAsync(doc));
    }

    [Fact]
    public async Task A_push_that_is_sent_again_is_stored_once()
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        await using var bob = await PadWriter.ConnectAsync(_showcase, "bob");
        var doc = await ada.CreateAsync("Notes");
        await ada.PushAsync(doc, 0, 0, """[[0,"a"]]""");
        await bob.PushAsync(doc, 1, 0, """[1,[0,"b"]]""");

        // As a page does whose reply was lost: the same update, and one that was made since.
        Assert.Equal(3, await ada.PushAsync(doc, 0, 0, """[[0,"a"]]""", """[1,[0,"c"]]"""));
        Assert.Equal(3, await ada.PushAsync(doc, 0, 0, """[[0,"a"]]""", """[1,[0,"c"]]"""));

        Assert.Equal("abc", (await ada.TextAsync(doc)).Replace("cb", "bc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_joins_with_a_version_receives_what_is_newer_and_who_joins_without_the_text()
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        var doc = await ada.CreateAsync("Notes");
        await ada.PushAsync(doc, 0, 0, """[[0,"Hello"]]""");
        await ada.PushAsync(doc, 1, 1, """[5,[0,"!"]]""");
        await using var bob = await PadWriter.ConnectAsync(_showcase, "bob");

        var whole = await bob.JoinAsync(doc);
        Assert.Equal((2, "Hello!", true, true), (whole.GetProperty("version").GetInt64(), whole.GetProperty("text").GetString(), whole.GetProperty("canWrite").GetBoolean(), whole.GetProperty("isOpen").GetBoolean()));

        await using var eve = await PadWriter.ConnectAsync(_showcase, "eve");
        var newer = await eve.JoinAsync(doc, """{"have":1}""");
        Assert.False(newer.TryGetProperty("text", out _));
        Assert.Equal($$"""[{"v":1,"c":"{{ada.Page}}","n":1,"u":[[5,[0,"!"]]]}]""", newer.GetProperty("pushes").GetRawText());

        // A version that the document does not have yet: the page has what the server lost.
        await using var zoe = await PadWriter.ConnectAsync(_showcase, "zoe");
        Assert.Equal("Hello!", (await zoe.JoinAsync(doc, """{"have":9}""")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Many_updates_are_replaced_by_the_text_unless_the_page_has_changes_of_its_own()
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        var doc = await ada.CreateAsync("Notes");
        for (var version = 0; version < 200; version += 100)
            await ada.PushAsync(doc, version, version, [.. Enumerable.Range(version, 100).Select(static number => number == 0 ? """[[0,"x"]]""" : """[[1,"x"]]""")]);

        await using var bob = await PadWriter.ConnectAsync(_showcase, "bob");
        Assert.Equal("x", (await bob.JoinAsync(doc, """{"have":0}""")).GetProperty("text").GetString());
        await using var eve = await PadWriter.ConnectAsync(_showcase, "eve");
        Assert.Equal(200, (await eve.JoinAsync(doc, """{"have":0,"unsent":true}""")).GetProperty("pushes").EnumerateArray().Sum(static push => push.GetProperty("u").GetArrayLength()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"have":0}""")]
    public async Task Who_joins_at_version_5000_receives_the_text_and_not_5000_updates(string join)
    {
        await using var showcase = await StartForScriptsAsync();
        await using var ada = await PadWriter.ConnectAsync(showcase, "ada");
        var doc = await ada.CreateAsync("Notes");
        for (var version = 0; version < 5000; version += 100)
            await ada.PushAsync(doc, version, version, [.. Enumerable.Range(version, 100).Select(static at => at == 0 ? """[[0,"x"]]""" : $$"""[{{at}},[0,"x"]]""")]);

        await using var bob = await PadWriter.ConnectAsync(showcase, "bob");
        var joined = await bob.JoinAsync(doc, join);

        Assert.Equal((5000, new string('x', 5000)), (joined.GetProperty("version").GetInt64(), joined.GetProperty("text").GetString()));
        Assert.False(joined.TryGetProperty("pushes", out _));
        Assert.InRange(joined.GetRawText().Length, 5000, 5200);
    }

    [Fact]
    public async Task A_page_that_was_away_for_longer_than_the_hub_s_history_is_merged_from_the_log_once()
    {
        const int missed = 520, own = 40, writers = 4;
        await using var showcase = await StartForScriptsAsync();
        using var http = new HttpClient { BaseAddress = showcase.Http };
        using var opened = await http.PostAsJsonAsync("/lines", new { }, TestContext.Current.CancellationToken);
        var line = await opened.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var throughLine = new UriBuilder(showcase.Http) { Port = line.GetProperty("port").GetInt32() }.Uri;
        await using var ada = await PadWriter.ConnectAsync(throughLine, "ada");
        var others = await Task.WhenAll(Enumerable.Range(0, writers).Select(number => PadWriter.ConnectAsync(showcase, $"other-{number}")));
        var page = new ModelPage(ada.Page);
        var doc = await others[0].CreateAsync("Notes");
        await ada.JoinAsync(doc);

        // The page takes neither the reply nor the publication of its first push: the line is cut.
        page.Edit(ChangeSet.Replace(0, 0, 0, "a"));
        await ada.PushAsync(doc, 0, 0, """[[0,"a"]]""");
        await SetLineAsync("cut");
        await ada.Client.ClosedAsync();
        for (var number = 1; number < own; number++) page.Edit(ChangeSet.Replace(number, number, 0, "a"));
        for (var version = 1; version <= missed; version++) await others[version % writers].PushAsync(doc, version, version, $$"""[[0,"b"],{{version}}]""");

        await SetLineAsync("open");
        await using var back = await PadWriter.ConnectAsync(throughLine, "ada");
        var joined = await back.JoinAsync(doc, """{"have":0,"unsent":true}""");
        foreach (var push in joined.GetProperty("pushes").EnumerateArray()) page.Receive(push.Deserialize(PadJson.Default.Push)!);
        var sent = page.Send();
        await back.PushAsync(doc, sent.Version, sent.Number, [.. sent.Updates.Select(static update => JsonSerializer.Serialize(update, PadJson.Default.ChangeSet))]);
        var text = await back.TextAsync(doc);
        Assert.Equal(page.Text, text);
        Assert.Equal((missed, own), (text.Count(static letter => letter == 'b'), text.Count(static letter => letter == 'a')));
        foreach (var other in others) await other.DisposeAsync();

        async Task SetLineAsync(string state)
        {
            using var changed = await http.PutAsJsonAsync($"/lines/{line.GetProperty("id").GetString()}", new { state }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }
    }

    [Theory]
    [InlineData(400, """{"updates":[]}""")]
    [InlineData(400, """{"updates":[[7]]}""")]
    [InlineData(400, """{"updates":["text"]}""")]
    [InlineData(400, """{"updates":[[1,[0,"x"],1],[2]]}""")]
    [InlineData(400, """{"updates":[[[0,"a\r"],2]]}""")]
    [InlineData(400, """{"updates":[[1,[0,"x"],1]]}""")]
    [InlineData(400, """{"updates":[[2]],"version":-1}""")]
    [InlineData(400, """{"updates":[[2]],"n":-1}""")]
    [InlineData(400, """{"updates":[[2]],"c":"another-s-page"}""")]
    [InlineData(404, """{"updates":[[2]],"doc":"none"}""")]
    [InlineData(409, """{"updates":[[2]],"version":7}""")]
    [InlineData(409, """{"updates":[[[0,"😀"]]],"version":0,"n":5}""")]
    public async Task A_push_that_does_not_fit_is_refused_and_changes_nothing(uint code, string wrong)
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        var doc = await ada.CreateAsync("Notes");
        await ada.PushAsync(doc, 0, 0, """[[0,"😀"]]""");

        var push = new Dictionary<string, JsonElement>
        {
            ["doc"] = JsonSerializer.SerializeToElement(doc),
            ["version"] = JsonElement.Parse("1"),
            ["c"] = JsonSerializer.SerializeToElement(ada.Page),
            ["n"] = JsonElement.Parse("1"),
        };
        foreach (var property in JsonElement.Parse(wrong).EnumerateObject()) push[property.Name] = property.Value;
        var error = await ada.Client.FailingCallAsync("pad.push", JsonSerializer.Serialize(push));

        Assert.Equal(code, error.GetProperty("code").GetUInt32());
        Assert.EndsWith(".", error.GetProperty("message").GetString());
        Assert.Equal("😀", await ada.TextAsync(doc));
    }

    [Fact]
    public async Task A_document_has_a_maximum_length_and_a_longer_one_may_become_shorter()
    {
        await using var small = await RunningShowcase.StartAsync(configure: static builder => builder.Services.Configure<PadOptions>(static options => options.MaxLength = 1000));
        await using var ada = await PadWriter.ConnectAsync(small, "ada");
        var doc = await ada.CreateAsync("Notes");
        await ada.PushAsync(doc, 0, 0, $"""[[0,"{new string('x', 1000)}"]]""");
        Assert.Equal(413, (await ada.FailingPushAsync(doc, 1, 1, """[1000,[0,"y"]]""")).GetProperty("code").GetInt32());
        Assert.Equal(2, await ada.PushAsync(doc, 1, 1, "[999,[1]]"));
    }

    [Fact]
    public async Task A_document_with_a_key_is_written_with_it_alone_and_is_not_listed()
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        var created = await ada.Client.CallAsync("pad.create", """{"title":"Secret","isOpen":false}""");
        var (doc, key) = (created.GetProperty("doc").GetString()!, created.GetProperty("key").GetString()!);
        await using var bob = await PadWriter.ConnectAsync(_showcase, "bob");

        Assert.False((await bob.JoinAsync(doc)).GetProperty("canWrite").GetBoolean());
        Assert.Equal(403, (await bob.FailingPushAsync(doc, 0, 0, """[[0,"x"]]""")).GetProperty("code").GetInt32());
        Assert.True((await ada.JoinAsync(doc, $$"""{"key":"{{key}}"}""")).GetProperty("canWrite").GetBoolean());
        bob.Key = key;
        Assert.Equal(1, await bob.PushAsync(doc, 0, 0, """[[0,"x"]]"""));
    }

    [Fact]
    public async Task Without_a_key_of_the_visitor_nothing_is_written()
    {
        await using var reader = await _showcase.ConnectAsync();
        foreach (var (method, data) in new[] { ("pad.create", """{"title":"A"}"""), ("pad.push", """{"doc":"welcome"}"""), ("pad.rename", """{"doc":"welcome","title":"A"}""") })
            Assert.Equal(401, (await reader.FailingCallAsync(method, data)).GetProperty("code").GetInt32());
        Assert.False((await reader.SubscribeAsync("pad:welcome")).GetProperty("data").GetProperty("canWrite").GetBoolean());
    }

    [Fact]
    public async Task Changes_and_documents_above_the_rates_of_a_person_are_refused()
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        var doc = await ada.CreateAsync("Notes");
        var replies = await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => ada.RawPushAsync(doc, 0, 0, """[[0,"x"]]""")));
        var refused = replies.Where(static reply => reply.TryGetProperty("error", out _)).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, static reply => Assert.Equal(429, reply.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Equal("x", await ada.TextAsync(doc));

        for (var i = 0; i < 4; i++) await ada.CreateAsync("Notes");
        Assert.Equal(429, (await ada.Client.FailingCallAsync("pad.create", """{"title":"Notes"}""")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task The_history_begins_with_a_text_and_contains_every_update_with_its_author()
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        var doc = await ada.CreateAsync("Notes");
        await ada.PushAsync(doc, 0, 0, """[[0,"Hello"]]""");
        await ada.PushAsync(doc, 1, 1, """[5,[0,"!"]]""");

        var history = await ada.Client.CallAsync("pad.history", $$"""{"doc":"{{doc}}"}""");
        Assert.Equal((0, "", false), (history.GetProperty("version").GetInt64(), history.GetProperty("text").GetString(), history.GetProperty("more").GetBoolean()));
        var pushes = history.GetProperty("pushes").EnumerateArray().ToList();
        Assert.Equal([0L, 1L], pushes.Select(static signed => signed.GetProperty("push").GetProperty("v").GetInt64()));
        Assert.All(pushes, push => Assert.StartsWith("Guest", push.GetProperty("name").GetString()));
        Assert.Equal($$"""{"v":1,"c":"{{ada.Page}}","n":1,"u":[[5,[0,"!"]]]}""", pushes[1].GetProperty("push").GetRawText());

        var rest = await ada.Client.CallAsync("pad.history", $$"""{"doc":"{{doc}}","from":1}""");
        Assert.False(rest.TryGetProperty("text", out _));
        Assert.Equal(1, rest.GetProperty("pushes").GetArrayLength());
    }

    [Fact]
    public async Task A_document_is_served_as_text_with_its_version_as_the_entity_tag()
    {
        await using var ada = await PadWriter.ConnectAsync(_showcase, "ada");
        var doc = await ada.CreateAsync("Notes");
        await ada.PushAsync(doc, 0, 0, """[[0,"Hello"]]""");
        using var http = new HttpClient { BaseAddress = _showcase.Http };
        using var first = await http.GetAsync(new Uri($"/pad/{doc}.txt", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(("Hello", "\"1\"", "text/plain"), (await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), first.Headers.ETag?.Tag, first.Content.Headers.ContentType?.MediaType));

        // Visitors write the text: no browser may take it for a page.
        Assert.Equal(["nosniff"], first.Headers.GetValues("X-Content-Type-Options"));

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/pad/{doc}.txt");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using var missing = await http.GetAsync(new Uri("/pad/none.txt", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    // Scripts write faster than people.
    private static Task<RunningShowcase> StartForScriptsAsync() => RunningShowcase.StartAsync(configure: static builder => builder.Services.Configure<VisitorOptions>(static options =>
    {
        foreach (var rates in (Rates[])[options.Person, options.Address]) (rates[Act.Call], rates[PadEndpoints.Change]) = (new(10_000, 10_000), new(10_000, 10_000));
    }));
}

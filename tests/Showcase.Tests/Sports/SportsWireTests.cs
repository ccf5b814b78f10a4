using System.Text.Json;
using Duplex.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Showcase.Applications;
using Showcase.Sports;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Sports;

/// <summary>The channels and calls of the matches from outside.</summary>
public sealed class SportsWireTests : IAsyncLifetime
{
    private RunningShowcase _showcase = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync(configure: Configure);

    public ValueTask DisposeAsync() => _showcase.DisposeAsync();

    [Fact]
    public async Task A_goal_reaches_the_match_the_list_and_those_who_follow_one_of_the_teams()
    {
        await using var scout = await ScoutAsync();
        await using var fan = await _showcase.ConnectAsync("fan");
        await using var other = await _showcase.ConnectAsync("other");
        var match = await OpenAsync(scout, "Reds", "Blues");
        await fan.SubscribeAsync($"match:{match}");
        await fan.CommandAsync("subscribe", Following("home", "Reds"));
        await other.CommandAsync("subscribe", Following("away", "Reds"));

        await ReportAsync(scout, match, "kickoff-1", """ "type":"phase","phase":"firstHalf" """);
        var goal = await ReportAsync(scout, match, "goal-0001", """ "type":"goal","side":0,"player":9,"other":10 """);

        var published = await fan.PublicationAsync($"match:{match}", static data => data.GetProperty("incident").GetProperty("type").GetString() == "goal");
        Assert.Equal(goal.GetRawText(), published.GetRawText());
        Assert.Equal(2, published.GetProperty("seq").GetInt32());
        var followed = await fan.PublicationAsync("goals:all", static data => data.GetProperty("incident").GetProperty("type").GetString() == "goal");
        Assert.Equal(("Number 9", "[1,0]"), (followed.GetProperty("name").GetString(), followed.GetProperty("score").GetRawText()));
        Assert.Equal("[1,0]", (await ScoreAsync(match)).GetProperty("score").GetRawText());

        // The filter is the server's: the next publication that this subscriber receives is one that fits it.
        var second = await OpenAsync(scout, "Greens", "Reds");
        await ReportAsync(scout, second, "kickoff-2", """ "type":"phase","phase":"firstHalf" """);
        Assert.Equal(second, (await other.PublicationAsync("goals:all")).GetProperty("match").GetString());
    }

    [Fact]
    public async Task Who_comes_late_receives_the_whole_log_and_then_what_follows()
    {
        await using var scout = await ScoutAsync();
        var match = await OpenAsync(scout, "Reds", "Blues");
        await ReportAsync(scout, match, "kickoff-1", """ "type":"phase","phase":"firstHalf" """);
        await ReportAsync(scout, match, "goal-0001", """ "type":"goal","side":0,"player":9 """);
        await ReportAsync(scout, match, "review-01", """ "type":"review","of":2 """);
        await using var fan = await _showcase.ConnectAsync("fan");

        var data = (await fan.SubscribeAsync($"match:{match}")).GetProperty("data");
        await ReportAsync(scout, match, "cancel-01", """ "type":"cancel","of":2,"reason":"offside" """);

        Assert.Equal(
            ["1 phase active", "2 goal active", "2 goal underReview"],
            data.GetProperty("log").EnumerateArray().Select(static entry => $"{entry.GetProperty("id")} {entry.GetProperty("type")} {entry.GetProperty("state")}"));
        Assert.False(data.GetProperty("canReport").GetBoolean());
        var cancelled = await fan.PublicationAsync($"match:{match}");
        Assert.Equal((4, "offside", 2), (cancelled.GetProperty("seq").GetInt32(), cancelled.GetProperty("incident").GetProperty("reason").GetString(), cancelled.GetProperty("incident").GetProperty("revision").GetInt32()));
        var score = await ScoreAsync(match);
        Assert.Equal(("[0,0]", "cancelled"), (score.GetProperty("score").GetRawText(), score.GetProperty("last").GetProperty("incident").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_report_that_is_sent_again_counts_once_and_the_same_from_another_window_is_refused()
    {
        await using var phone = await ScoutAsync();
        await using var tablet = await ScoutAsync();
        var match = await OpenAsync(phone, "Reds", "Blues");
        Assert.Equal(match, await OpenAsync(tablet, "Reds", "Blues"));
        await ReportAsync(phone, match, "kickoff-1", """ "type":"phase","phase":"firstHalf" """);

        var first = await ReportAsync(phone, match, "goal-0001", """ "type":"goal","side":0,"player":9 """);
        var again = await ReportAsync(phone, match, "goal-0001", """ "type":"goal","side":0,"player":9 """);
        var error = await tablet.FailingCallAsync("sports.report", $$"""{"match":"{{match}}","clientId":"goal-0002","type":"goal","side":0,"player":9}""");

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(409, error.GetProperty("code").GetInt32());
        Assert.Contains("as incident 2", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("[1,0]", (await ScoreAsync(match)).GetProperty("score").GetRawText());
    }

    [Theory]
    [InlineData(400, """{"type":"goal","side":0,"player":12}""")]
    [InlineData(400, """{"type":"goal","side":2,"player":9}""")]
    [InlineData(400, """{"type":"goal","side":0}""")]
    [InlineData(400, """{"type":"corner","side":0,"player":9}""")]
    [InlineData(400, """{"type":"1","side":0,"player":9}""")]
    [InlineData(400, """{"type":"shootOutGoal,penalty","side":0,"player":9}""")]
    [InlineData(400, """{"type":null}""")]
    [InlineData(400, """{"type":"phase","phase":"fullTime"}""")]
    [InlineData(400, """{"type":"phase"}""")]
    [InlineData(400, """{"type":"substitution","side":0,"player":9,"other":10}""")]
    [InlineData(400, """{"type":"stoppage","added":99}""")]
    [InlineData(400, """{"type":"review","of":1}""")]
    [InlineData(400, """{"type":"cancel","of":7,"reason":"\u202e"}""")]
    [InlineData(400, """{"type":"goal","side":0,"player":9,"clientId":"short"}""")]
    [InlineData(403, """{"type":"goal","side":0,"player":9,"match":"final-2018"}""")]
    [InlineData(404, """{"type":"goal","side":0,"player":9,"match":"none"}""")]
    public async Task A_report_that_does_not_fit_is_refused_with_a_sentence_and_changes_nothing(uint code, string wrong)
    {
        await using var scout = await ScoutAsync();
        var match = await OpenAsync(scout, "Reds", "Blues");
        await ReportAsync(scout, match, "kickoff-1", """ "type":"phase","phase":"firstHalf" """);
        var report = new Dictionary<string, JsonElement> { ["match"] = JsonSerializer.SerializeToElement(match), ["clientId"] = JsonSerializer.SerializeToElement("report-01") };
        foreach (var property in JsonElement.Parse(wrong).EnumerateObject()) report[property.Name] = property.Value;

        var error = await scout.FailingCallAsync("sports.report", JsonSerializer.Serialize(report));

        Assert.Equal(code, error.GetProperty("code").GetUInt32());
        Assert.EndsWith(".", error.GetProperty("message").GetString());
        Assert.Equal(1, (await scout.CallAsync("sports.line", $$"""{"match":"{{match}}"}""")).GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task Only_the_person_who_opened_a_friendly_reports_it_and_a_person_has_three()
    {
        await using var scout = await ScoutAsync();
        await using var other = await _showcase.ConnectAsync("other");
        await using var nobody = await _showcase.ConnectAsync();
        var match = await OpenAsync(scout, "Reds", "Blues");
        var kickOff = $$"""{"match":"{{match}}","clientId":"kickoff-1","type":"phase","phase":"firstHalf"}""";

        Assert.Equal(403, (await other.FailingCallAsync("sports.report", kickOff)).GetProperty("code").GetInt32());
        Assert.Equal(401, (await nobody.FailingCallAsync("sports.report", kickOff)).GetProperty("code").GetInt32());
        Assert.Equal(400, (await scout.FailingCallAsync("sports.open", """{"home":"Reds","away":"Reds","clientId":"open-0002"}""")).GetProperty("code").GetInt32());
        await OpenAsync(scout, "A", "B");
        await OpenAsync(scout, "C", "D");
        Assert.Equal(429, (await scout.FailingCallAsync("sports.open", """{"home":"E","away":"F","clientId":"open-E-F"}""")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task The_log_is_read_in_parts_that_make_the_score()
    {
        await using var fan = await _showcase.ConnectAsync("fan");
        var whole = (await fan.CallAsync("sports.line", """{"match":"final-2018"}""")).GetProperty("entries");
        var part = (await fan.CallAsync("sports.line", """{"match":"final-2018","from":3,"to":5}""")).GetProperty("entries");

        Assert.Equal(whole.EnumerateArray().Skip(2).Take(3).Select(static entry => entry.GetRawText()), part.EnumerateArray().Select(static entry => entry.GetRawText()));
        Assert.Equal(Enumerable.Range(1, whole.GetArrayLength()), whole.EnumerateArray().Select(static entry => entry.GetProperty("seq").GetInt32()));
        await fan.SubscribeAsync("match:final-2018");
        Assert.Equal("[4,2]", (await ScoreAsync("final-2018")).GetProperty("score").GetRawText());
        Assert.Equal(404, (await fan.FailingCallAsync("sports.line", """{"match":"none"}""")).GetProperty("code").GetInt32());
        Assert.Equal(400, (await fan.FailingCallAsync("sports.line", """{"match":"final-2018","from":0}""")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task The_simulation_goes_on_while_a_page_is_open_and_stops_when_none_is()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var showcase = await RunningShowcase.StartAsync(configure: builder => builder.Services.AddSingleton(services => new SportsFeed(
            services.GetRequiredService<League>(), services.GetRequiredService<IHub>(), services.GetRequiredService<Announcements>(), time, NullLogger<SportsFeed>.Instance)));
        var feed = showcase.Services.GetRequiredService<SportsFeed>();
        await IdleAsync(feed, time);
        await using var fan = await showcase.ConnectAsync("fan");
        await fan.SubscribeAsync("goals:all");
        var hub = showcase.Services.GetRequiredService<IHub>();

        // Matches of 12 minutes: one of them ends in a quarter of an hour at the latest.
        for (var second = 0; second < 900; second++)
        {
            await UntilAsync(() => !feed.IsIdle);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.NotEqual(default, await fan.PublicationAsync("goals:all", static data => data.GetProperty("incident").GetProperty("period").GetString() == "fullTime"));
        foreach (var (id, fixture) in await MatchesAsync(feed))
            Assert.Equal(NaiveFold.Score(fixture.Match.Log), (await ScoreAsync(id, hub)).GetProperty("score").EnumerateArray().Select(static goals => goals.GetInt32()));

        await fan.CommandAsync("unsubscribe", """{"channel":"goals:all"}""");
        await IdleAsync(feed, time);
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.Services.Configure<SportsOptions>(static options => options.Matches = 0);
        builder.Services.Configure<VisitorOptions>(RunningShowcase.LetScriptsWrite);
    }

    private static async Task IdleAsync(SportsFeed feed, FakeTimeProvider time)
    {
        await UntilAsync(() =>
        {
            if (!feed.IsIdle) time.Advance(TimeSpan.FromSeconds(1));
            return feed.IsIdle;
        });
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        while (!isTrue())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<IReadOnlyDictionary<string, Fixture>> MatchesAsync(SportsFeed feed)
    {
        using var turn = await feed.EnterAsync();
        return feed.League.Fixtures;
    }

    private static string Following(string tag, string team) =>
        $$"""{"channel":"goals:all","tf":{"op":"or","nodes":[{"key":"{{tag}}","cmp":"in","vals":["{{team}}"]} ]} }""";

    private static async Task<string> OpenAsync(ProtocolClient scout, string home, string away) =>
        (await scout.CallAsync("sports.open", $$"""{"home":"{{home}}","away":"{{away}}","clientId":"open-{{home}}-{{away}}-1"}""")).GetProperty("match").GetString()!;

    private static Task<JsonElement> ReportAsync(ProtocolClient scout, string match, string clientId, string report) =>
        scout.CallAsync("sports.report", $$"""{"match":"{{match}}","clientId":"{{clientId}}",{{report}}}""");

    private Task<ProtocolClient> ScoutAsync() => _showcase.ConnectAsync("scout");

    private Task<JsonElement> ScoreAsync(string match) => ScoreAsync(match, _showcase.Services.GetRequiredService<IHub>());

    private static async Task<JsonElement> ScoreAsync(string match, IHub hub)
    {
        var page = await hub.Maps.ReadStateAsync("scores:live", cancellationToken: Token);
        return JsonElement.Parse(page.Entries.Single(entry => entry.Key == match).Data.Span);
    }
}

using System.Text.Json;
using Showcase.Tests.Stage.Media;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Stage;

/// <summary>The channels and calls of docs/protocol/stage.md, from outside.</summary>
public sealed class StageWireTests : StageSession
{
    [Fact]
    public async Task A_show_is_open_live_and_ended_for_everybody()
    {
        await using var bob = await Showcase.ConnectAsync("bob");
        var before = (await bob.SubscribeAsync("stage:main")).GetProperty("data").GetProperty("state");
        Assert.Equal(JsonValueKind.Null, before.GetProperty("show").ValueKind);

        await using (await OnStageAsync())
        {
            var live = await StateAsync(bob, IsLive);
            Assert.Equal(("Talk", 2, 0), (live.GetProperty("show").GetProperty("title").GetString(), live.GetProperty("show").GetProperty("slides").GetInt32(), live.GetProperty("slide").GetInt32()));
            await Ada.CallAsync("stage.slide", """{"stage":"main","slide":1,"at":1234567}""");
            var turned = await StateAsync(bob, static state => state.GetProperty("slide").GetInt32() == 1);
            Assert.Equal(1234567, turned.GetProperty("at").GetInt64());
            Assert.Equal(["# One", "# Two"], (await bob.CallAsync("stage.deck", """{"stage":"main"}""")).GetProperty("slides").EnumerateArray().Select(static slide => slide.GetString()));
        }

        await StateAsync(bob, static state => !IsLive(state) && state.GetProperty("show").ValueKind != JsonValueKind.Null);
        await Ada.CallAsync("stage.close", """{"stage":"main"}""");
        await StateAsync(bob, static state => state.GetProperty("show").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_speaker_who_returns_in_time_continues_the_show_with_its_questions()
    {
        await using var bob = await Showcase.ConnectAsync("bob");
        await bob.SubscribeAsync("stage:main");
        string? show;
        await using (await OnStageAsync())
        {
            show = (await StateAsync(bob, IsLive)).GetProperty("show").GetProperty("id").GetString();
            await bob.CallAsync("question.ask", """{"stage":"main","text":"Why?","clientId":"12345678"}""");
        }

        await StateAsync(bob, static state => !IsLive(state));
        await using var again = await OnStageAsync();
        Assert.Equal(show, (await StateAsync(bob, IsLive)).GetProperty("show").GetProperty("id").GetString());
        Assert.Equal(["Why?"], await QuestionsAsync(bob));
    }

    [Fact]
    public async Task Another_window_of_the_speaker_takes_over_only_when_it_wants_to_and_another_person_never()
    {
        await using var first = await OnStageAsync();
        await using var bob = await Showcase.ConnectAsync("bob");
        await bob.SubscribeAsync("stage:main");
        Assert.Equal(423, CodeOf(await bob.FailingCallAsync("stage.open", Open)));
        var window = Open.Replace("page-of-ada", "page-two-of-ada", StringComparison.Ordinal);
        Assert.Equal(409, CodeOf(await Ada.FailingCallAsync("stage.open", window)));

        var ticket = (await Ada.CallAsync("stage.open", window.Replace("}", ",\"takeOver\":true}", StringComparison.Ordinal))).GetProperty("ticket").GetString();
        Assert.Equal((1000, "Another connection of the speaker continues."), await first.ClosedAsync());
        await using var second = await SendAsync(ticket);
        await second.SendAsync(MediaBytes.VideoConfig(1));
        await using var viewer = await WatchAsync();
        Assert.NotNull(await viewer.ReadAsync());
    }

    [Fact]
    public async Task A_user_has_three_open_questions_and_one_vote_for_each()
    {
        await using var sender = await OnStageAsync();
        await using var bob = await Showcase.ConnectAsync("bob");
        long first = 0;
        for (var number = 1; number <= 3; number++)
        {
            var asked = await bob.CallAsync("question.ask", $$"""{"stage":"main","text":"Question {{number}}","clientId":"client-id-{{number}}"}""");
            if (number == 1) first = IdOf(asked);
        }

        Assert.Equal(first, IdOf(await bob.CallAsync("question.ask", """{"stage":"main","text":"Again","clientId":"client-id-1"}""")));
        Assert.Equal(409, CodeOf(await bob.FailingCallAsync("question.ask", """{"stage":"main","text":"Fourth","clientId":"client-id-4"}""")));
        for (var vote = 0; vote < 2; vote++) Assert.Equal(1, await VoteAsync(bob, first, isOn: true));
        Assert.Equal(2, await VoteAsync(Ada, first, isOn: true));
        Assert.Equal(1, await VoteAsync(bob, first, isOn: false));
        Assert.Equal([first], (await Ada.SubscribeAsync("stage:main")).GetProperty("data").GetProperty("votes").EnumerateArray().Select(static id => id.GetInt64()));

        await Ada.CallAsync("question.mark", $$"""{"stage":"main","id":{{first}},"status":"answered"}""");
        await bob.CallAsync("question.ask", """{"stage":"main","text":"Fourth","clientId":"client-id-4"}""");
        await Ada.CallAsync("question.mark", $$"""{"stage":"main","id":{{first}},"status":"removed"}""");
        Assert.Equal(["Fourth", "Question 2", "Question 3"], (await QuestionsAsync(bob)).Order(StringComparer.Ordinal));
        Assert.Equal(404, CodeOf(await bob.FailingCallAsync("question.vote", $$"""{"stage":"main","id":{{first}},"on":true}""")));
    }

    [Fact]
    public async Task A_question_that_was_meant_for_a_show_is_not_asked_in_the_next_one()
    {
        var ended = (await Ada.CallAsync("stage.open", Open)).GetProperty("show").GetString();
        await Ada.CallAsync("stage.close", """{"stage":"main"}""");
        var show = (await Ada.CallAsync("stage.open", Open)).GetProperty("show").GetString();
        await using var bob = await Showcase.ConnectAsync("bob");

        Assert.Equal(409, CodeOf(await bob.FailingCallAsync("question.ask", $$"""{"stage":"main","show":"{{ended}}","text":"Late","clientId":"client-id-1"}""")));
        await bob.CallAsync("question.ask", $$"""{"stage":"main","show":"{{show}}","text":"In time","clientId":"client-id-1"}""");

        Assert.Equal(["In time"], await QuestionsAsync(bob));
    }

    [Fact]
    public async Task One_question_is_being_answered_at_a_time()
    {
        await Ada.CallAsync("stage.open", Open);
        await using var bob = await Showcase.ConnectAsync("bob");
        foreach (var number in (int[])[1, 2])
        {
            await bob.CallAsync("question.ask", $$"""{"stage":"main","text":"Question {{number}}","clientId":"client-id-{{number}}"}""");
            await Ada.CallAsync("question.mark", $$"""{"stage":"main","id":{{number}},"status":"answering"}""");
        }

        var entries = (await SubscribeMapAsync(Ada, "questions:main")).GetProperty("state").EnumerateArray().Select(static entry => entry.GetProperty("data"));
        Assert.Equal(
            [("Question 1", "answered"), ("Question 2", "answering")],
            entries.Select(static data => (data.GetProperty("text").GetString(), data.GetProperty("status").GetString())).Order());
    }

    [Fact]
    public async Task A_poll_of_two_hundred_voters_adds_up_and_its_results_are_hidden_until_the_speaker_shows_them()
    {
        await using var sender = await OnStageAsync();
        await using var bob = await Showcase.ConnectAsync("bob");
        await bob.SubscribeAsync("poll:main");
        await Ada.CallAsync("poll.open", """{"stage":"main","question":"Which?","options":["A","B","C"]}""");
        var voters = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Showcase.ConnectAsync($"voter-{number}")));
        // Each votes twice: the first vote counts.
        await Task.WhenAll(voters.Select(static async (voter, number) =>
        {
            await voter.CallAsync("poll.vote", $$"""{"stage":"main","poll":1,"choice":{{number % 3}}}""");
            Assert.Equal(number % 3, (await voter.CallAsync("poll.vote", """{"stage":"main","poll":1,"choice":0}""")).GetProperty("choice").GetInt32());
        }));

        var hidden = await bob.PublicationAsync("poll:main", static data => data.GetProperty("poll").GetProperty("total").GetInt32() == 200);
        Assert.False(hidden.GetProperty("poll").TryGetProperty("counts", out _));
        await Ada.CallAsync("poll.change", """{"stage":"main","isOpen":false,"isShown":true}""");
        var shown = await bob.PublicationAsync("poll:main", static data => data.GetProperty("poll").TryGetProperty("counts", out _));
        Assert.Equal([67, 67, 66], shown.GetProperty("poll").GetProperty("counts").EnumerateArray().Select(static count => count.GetInt32()));
        Assert.Equal(409, CodeOf(await bob.FailingCallAsync("poll.vote", """{"stage":"main","poll":1,"choice":0}""")));
        foreach (var voter in voters) await voter.DisposeAsync();
    }

    [Fact]
    public async Task Results_that_are_hidden_reach_the_speaker_alone()
    {
        await using var sender = await OnStageAsync();
        await using var bob = await Showcase.ConnectAsync("bob");
        var show = (await Ada.SubscribeAsync("stage:main")).GetProperty("data").GetProperty("state").GetProperty("show").GetProperty("id").GetString();
        Assert.Equal(403, CodeOf((await bob.CommandAsync("subscribe", $$"""{"channel":"speaker:{{show}}"}""")).GetProperty("error")));
        await Ada.SubscribeAsync($"speaker:{show}");
        await Ada.CallAsync("poll.open", """{"stage":"main","question":"Which?","options":["A","B"]}""");
        await bob.CallAsync("poll.vote", """{"stage":"main","poll":1,"choice":1}""");
        await Ada.PublicationAsync($"speaker:{show}", static data => data.GetProperty("counts") is { ValueKind: JsonValueKind.Array } counts && counts[1].GetInt32() == 1);
    }

    [Fact]
    public async Task Reactions_hands_the_pointer_and_messages_reach_everybody()
    {
        await using var sender = await OnStageAsync();
        await using var bob = await Showcase.ConnectAsync("bob");
        await Ada.SubscribeAsync("mood:main");
        await Ada.SubscribeAsync("talk:main");
        await SubscribeMapAsync(Ada, "hands:main");
        await SubscribeMapAsync(bob, "hands:main");
        await SubscribeMapAsync(bob, "pointer:main");

        await bob.CallAsync("stage.react", """{"stage":"main","kind":"👏"}""");
        await Ada.PublicationAsync("mood:main", static data => data.GetProperty("reactions")[1].GetInt32() == 1);
        Assert.False((await bob.CommandAsync("publish", """{"type":1,"channel":"hands:main","key":"","data":{}}""")).TryGetProperty("error", out var refused), $"{refused}");
        var hand = await Ada.PublicationAsync("hands:main");
        Assert.Equal("Guest", hand.GetProperty("name").GetString()![..5]);
        Assert.False((await Ada.CommandAsync("publish", """{"type":1,"channel":"pointer:main","key":"","data":{"x":0.5,"y":1}}""")).TryGetProperty("error", out refused), $"{refused}");
        Assert.Equal(0.5, (await bob.PublicationAsync("pointer:main")).GetProperty("x").GetDouble());
        Assert.True((await bob.CommandAsync("publish", """{"type":1,"channel":"pointer:main","key":"","data":{"x":0.5,"y":1}}""")).TryGetProperty("error", out _));
        for (var sent = 0; sent < 2; sent++) await bob.CallAsync("stage.say", """{"stage":"main","text":" Hello ","clientId":"say-it-once"}""");
        await bob.CallAsync("stage.say", """{"stage":"main","text":"Bye","clientId":"say-it-then"}""");
        Assert.Equal("Hello", (await Ada.PublicationAsync("talk:main")).GetProperty("text").GetString());
        Assert.Equal("Bye", (await Ada.PublicationAsync("talk:main")).GetProperty("text").GetString());
        Assert.Equal(2, (await bob.CallAsync("stage.messages", """{"stage":"main"}""")).GetProperty("messages").GetArrayLength());
    }

    [Theory]
    [InlineData("stage.open", """{"stage":"main","title":"","slides":["a"],"page":"12345678"}""", 400)]
    [InlineData("stage.open", """{"stage":"main","title":"a","slides":[],"page":"12345678"}""", 400)]
    [InlineData("stage.open", """{"stage":"main","title":"a","slides":[null],"page":"12345678"}""", 400)]
    [InlineData("stage.open", """{"stage":"main","title":"a","slides":["a"],"slide":1,"page":"12345678"}""", 400)]
    [InlineData("stage.open", """{"stage":"main","title":"a","slides":["a"],"page":"1"}""", 400)]
    [InlineData("stage.open", """{"stage":"none","title":"a","slides":["a"],"page":"12345678"}""", 404)]
    [InlineData("stage.slide", """{"stage":"main","slide":2,"at":0}""", 400)]
    [InlineData("stage.slide", """{"stage":"main","slide":1,"at":-1}""", 400)]
    [InlineData("poll.open", """{"stage":"main","question":"?","options":["a"]}""", 400)]
    [InlineData("poll.open", """{"stage":"main","question":"?","options":["a",null]}""", 400)]
    [InlineData("poll.change", """{"stage":"main","isOpen":false}""", 409)]
    [InlineData("question.ask", """{"stage":"main","text":"","clientId":"12345678"}""", 400)]
    [InlineData("question.ask", """{"stage":"main","text":"a","clientId":"1"}""", 400)]
    [InlineData("question.ask", """{"stage":"workshop","text":"a","clientId":"12345678"}""", 409)]
    [InlineData("question.mark", """{"stage":"main","id":1,"status":"lost"}""", 400)]
    [InlineData("question.mark", """{"stage":"main","id":1,"status":"answered"}""", 404)]
    [InlineData("stage.react", """{"stage":"main","kind":"x"}""", 400)]
    [InlineData("stage.say", """{"stage":"main","text":"","clientId":"12345678"}""", 400)]
    public async Task Parameters_are_validated(string method, string data, int code)
    {
        await Ada.CallAsync("stage.open", Open);
        Assert.Equal(code, CodeOf(await Ada.FailingCallAsync(method, data)));
    }

    [Theory]
    [InlineData("stage.open"), InlineData("stage.slide"), InlineData("question.ask"), InlineData("poll.vote"), InlineData("stage.react"), InlineData("stage.say")]
    public async Task A_visitor_without_a_key_watches_and_takes_no_part(string method)
    {
        await using var visitor = await Showcase.ConnectAsync();
        await visitor.SubscribeAsync("stage:main");
        Assert.Equal(401, CodeOf(await visitor.FailingCallAsync(method, """{"stage":"main"}""")));
    }

    [Theory]
    [InlineData("stage.slide", """{"stage":"main","slide":1,"at":0}""")]
    [InlineData("stage.close", """{"stage":"main"}""")]
    [InlineData("poll.open", """{"stage":"main","question":"?","options":["a","b"]}""")]
    [InlineData("question.mark", """{"stage":"main","id":1,"status":"answered"}""")]
    [InlineData("hand.lower", """{"stage":"main","client":"x"}""")]
    public async Task Only_the_speaker_changes_the_stage(string method, string data)
    {
        await Ada.CallAsync("stage.open", Open);
        await using var bob = await Showcase.ConnectAsync("bob");
        Assert.Equal(403, CodeOf(await bob.FailingCallAsync(method, data)));
    }

    private static long IdOf(JsonElement asked) => asked.GetProperty("message").GetProperty("id").GetInt64();

    private static int CodeOf(JsonElement error) => error.GetProperty("code").GetInt32();

    private static async Task<long> VoteAsync(ProtocolClient client, long id, bool isOn) =>
        (await client.CallAsync("question.vote", $$"""{"stage":"main","id":{{id}},"on":{{(isOn ? "true" : "false")}}}""")).GetProperty("votes").GetInt64();

    private static async Task<List<string>> QuestionsAsync(ProtocolClient client)
    {
        var reply = await SubscribeMapAsync(client, "questions:main");
        var texts = reply.GetProperty("state").EnumerateArray().Select(static entry => entry.GetProperty("data").GetProperty("text").GetString()!).ToList();
        await client.CommandAsync("unsubscribe", """{"channel":"questions:main"}""");
        return texts;
    }

    private static async Task<JsonElement> SubscribeMapAsync(ProtocolClient client, string channel)
    {
        var reply = await client.CommandAsync("subscribe", $$"""{"channel":"{{channel}}","type":1,"phase":2,"limit":100}""");
        Assert.False(reply.TryGetProperty("error", out var error), $"{error}");
        return reply.GetProperty("subscribe");
    }
}

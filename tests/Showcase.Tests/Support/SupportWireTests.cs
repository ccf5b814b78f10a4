using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Support;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Support;

/// <summary>The helpdesk's channels and calls from outside.</summary>
public sealed class SupportWireTests : IAsyncLifetime
{
    private RunningShowcase _showcase = null!;

    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync(configure: static builder =>
    {
        builder.Services.Configure<VisitorOptions>(static options =>
        {
            foreach (var rates in (Rates[])[options.Person, options.Address])
                foreach (var act in (Act[])[Act.Sign, Act.Call, SupportEndpoints.Open, SupportEndpoints.Ask]) rates[act] = new(10_000, 1000);
        });
        builder.Services.Configure<SupportOptions>(static options => (options.OpenCasesPerVisitor, options.HelperDelay) = (100, TimeSpan.FromMinutes(5)));
    });

    public ValueTask DisposeAsync() => _showcase.DisposeAsync();

    [Fact]
    public async Task A_question_reaches_the_queue_and_its_answer_the_visitor()
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        await using var agent = await SitAsync("agent");
        await agent.SubscribeAsync("inbox:all", type: 1);
        var id = await OpenAsync(visitor);
        var queued = await agent.PublicationAsync("inbox:all");
        Assert.Equal((id, "waiting", "Help"), (Text(queued, "case"), Text(queued, "state"), Text(queued, "last")));

        var data = (await visitor.SubscribeAsync($"case:{id}")).GetProperty("data");
        Assert.Equal("Help", Text(data.GetProperty("messages")[0], "text"));
        Assert.Equal("taken", Text((await agent.CallAsync("case.claim", CaseOf(id))).GetProperty("case"), "state"));
        await SendAsync(agent, id, "Hello", "message-1");
        var answer = await visitor.PublicationAsync($"case:{id}", static data => Text(data, "type") == "message" && Text(data.GetProperty("message"), "text") == "Hello");
        Assert.NotEqual("showcase", Text(answer.GetProperty("message"), "user"));
    }

    [Fact]
    public async Task Of_two_agents_who_claim_a_case_at_once_exactly_one_wins_a_hundred_times()
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        await using var alice = await SitAsync("alice");
        await using var bob = await SitAsync("bob");
        var winners = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            var id = await OpenAsync(visitor, $"question-{i}");
            var call = $$"""{"method":"case.claim","data":{{CaseOf(id)}} }""";
            var both = i % 2 == 0 ? (First: alice, Second: bob) : (First: bob, Second: alice);
            var replies = await Task.WhenAll(both.First.CommandAsync("rpc", call), both.Second.CommandAsync("rpc", call));
            var won = Assert.Single(replies, static reply => !reply.TryGetProperty("error", out _)).GetProperty("rpc").GetProperty("data").GetProperty("case");
            var lost = Assert.Single(replies, static reply => reply.TryGetProperty("error", out _)).GetProperty("error");
            Assert.Equal(409, lost.GetProperty("code").GetInt32());
            Assert.Equal($"{Text(won, "agentName")} has taken this case.", Text(lost, "message"));
            winners.Add(Text(won, "agent"));
            await visitor.CallAsync("case.close", CaseOf(id));
        }

        Assert.InRange(winners.Count, 1, 2);
    }

    [Fact]
    public async Task No_byte_of_a_note_reaches_the_visitor()
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        await using var agent = await SitAsync("agent");
        await using var colleague = await SitAsync("colleague");
        var id = await OpenAsync(visitor, context: "Lynx, xyzzy zero");
        await visitor.SubscribeAsync($"case:{id}");
        await visitor.SubscribeAsync("desk:state");
        await visitor.SubscribeAsync($"cases:{await UserAsync("visitor")}");
        var refused = await visitor.CommandAsync("subscribe", $$"""{"channel":"notes:{{id}}"}""");
        Assert.Equal(103, refused.GetProperty("error").GetProperty("code").GetInt32());
        var notes = (await colleague.SubscribeAsync($"notes:{id}")).GetProperty("data").GetProperty("notes");
        Assert.Equal("Lynx, xyzzy zero", Text(notes[0], "text"));
        await agent.CallAsync("case.claim", CaseOf(id));
        await agent.CallAsync("case.note", $$"""{"case":"{{id}}","text":"xyzzy","clientId":"a-note-1"}""");
        await agent.CallAsync("case.hand", $$"""{"case":"{{id}}","note":"xyzzy again","clientId":"a-note-2"}""");
        Assert.Equal("xyzzy", Text(await colleague.PublicationAsync($"notes:{id}"), "text"));
        Assert.Equal("xyzzy again", Text(await colleague.PublicationAsync($"notes:{id}"), "text"));
        await visitor.CallAsync("case.page", CaseOf(id));
        await visitor.CommandAsync("unsubscribe", $$"""{"channel":"case:{{id}}"}""");
        await visitor.SubscribeAsync($"case:{id}");

        // Everything of the calls above has been sent to the visitor before the reply to this one.
        await visitor.CallAsync("time", "{}");
        Assert.DoesNotContain("xyzzy", visitor.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_sees_nothing_of_a_case()
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        await using var stranger = await _showcase.ConnectAsync("stranger");
        var id = await OpenAsync(visitor);
        foreach (var channel in (string[])[$"case:{id}", $"notes:{id}", $"support-typing:{id}", "agents:all", $"cases:{await UserAsync("visitor")}"])
        {
            var refused = await stranger.CommandAsync("subscribe", $$"""{"channel":"{{channel}}"}""");
            Assert.Equal(103, refused.GetProperty("error").GetProperty("code").GetInt32());
        }

        foreach (var channel in (string[])["inbox:all", "claims:all", $"reports:{id}"])
        {
            var refused = await stranger.CommandAsync("subscribe", $$"""{"channel":"{{channel}}","type":1}""");
            Assert.Equal(103, refused.GetProperty("error").GetProperty("code").GetInt32());
        }

        Assert.Equal(404, await CodeAsync(stranger, "case.page", CaseOf(id)));
        Assert.Equal(404, await CodeAsync(stranger, "case.close", CaseOf(id)));
        Assert.Equal(403, await CodeAsync(stranger, "case.claim", CaseOf(id)));
        Assert.Equal(403, await CodeAsync(visitor, "case.note", $$"""{"case":"{{id}}","text":"Hello","clientId":"a-note-1"}"""));
    }

    [Fact]
    public async Task A_report_of_the_visitor_s_page_reaches_the_agents_until_the_visitor_leaves()
    {
        var visitor = await _showcase.ConnectAsync("visitor");
        await using var agent = await SitAsync("agent");
        await using var stranger = await _showcase.ConnectAsync("stranger");
        var id = await OpenAsync(visitor);
        await agent.SubscribeAsync($"reports:{id}", type: 1);
        await visitor.SubscribeAsync($"reports:{id}", type: 1);
        Assert.Equal((0, ""), await ReportAsync(visitor, """{"page":"/chat","context":"Lynx, round trip 300 ms"}"""));
        var report = await agent.PublicationAsync($"reports:{id}");
        Assert.Equal(("/chat", "Lynx, round trip 300 ms"), (Text(report, "page"), Text(report, "context")));

        foreach (var page in (string[])["""{"page":"chat","context":"Lynx"}""", """{"context":"Lynx"}"""])
            Assert.Equal((400, "page must be a path of at most 200 characters."), await ReportAsync(visitor, page));
        foreach (var context in (string[])["""{"page":"/chat"}""", """{"page":"/chat","context":""}""", $$"""{"page":"/chat","context":"{{new string('x', 201)}}"}"""])
            Assert.Equal((400, "context must have 1 to 200 characters."), await ReportAsync(visitor, context));
        foreach (var other in (ProtocolClient[])[agent, stranger]) Assert.Equal(103, (await ReportAsync(other, """{"page":"/chat","context":"Lynx"}""")).Code);
        await visitor.DisposeAsync();
        Assert.True((await agent.PushAsync($"reports:{id}")).GetProperty("removed").GetBoolean());

        async Task<(int Code, string Reason)> ReportAsync(ProtocolClient client, string data)
        {
            var reply = await client.CommandAsync("publish", $$"""{"type":1,"channel":"reports:{{id}}","key":"","data":{{data}} }""");
            return reply.TryGetProperty("error", out var error) ? (error.GetProperty("code").GetInt32(), Text(error, "message")) : (0, "");
        }
    }

    [Theory]
    [InlineData(60, 61)]
    [InlineData(130, 100)]
    [InlineData(10, 50)]
    public async Task A_page_that_was_away_for_longer_than_the_history_receives_what_it_missed_from_the_disk(int missed, int received)
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        var id = await OpenAsync(visitor);
        for (var number = 1; number <= 49 + missed; number++) await SendAsync(visitor, id, $"{number}", $"message-{number}");

        var messages = (await visitor.SubscribeAsync($"case:{id}", """{"have":50}""")).GetProperty("data").GetProperty("messages").EnumerateArray().ToList();

        Assert.Equal((received, 50 + missed), (messages.Count, messages[^1].GetProperty("id").GetInt32()));
        await visitor.CommandAsync("unsubscribe", $$"""{"channel":"case:{{id}}"}""");
        Assert.Equal(50, (await visitor.SubscribeAsync($"case:{id}", """{"have":-9}""")).GetProperty("data").GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_question_sent_again_opens_one_case_and_a_message_sent_again_is_stored_once()
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        var id = await OpenAsync(visitor);
        Assert.Equal(id, await OpenAsync(visitor));
        var sent = await SendAsync(visitor, id, "More", "message-1");
        Assert.Equal(sent.GetRawText(), (await SendAsync(visitor, id, "More", "message-1")).GetRawText());
        Assert.Equal(2, (await visitor.CallAsync("case.page", CaseOf(id))).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_message_in_a_closed_case_opens_it_again_and_both_sides_see_why()
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        await using var agent = await SitAsync("agent");
        var id = await OpenAsync(visitor);
        await agent.CallAsync("case.claim", CaseOf(id));
        await agent.CallAsync("case.close", CaseOf(id));
        Assert.Equal(409, await CodeAsync(agent, "case.claim", CaseOf(id)));
        Assert.Equal(4, (await visitor.CallAsync("case.rate", $$"""{"case":"{{id}}","rating":4}""")).GetProperty("case").GetProperty("rating").GetInt32());

        await SendAsync(visitor, id, "One more", "message-1");

        var data = (await agent.SubscribeAsync($"case:{id}")).GetProperty("data");
        Assert.Equal("waiting", Text(data.GetProperty("case"), "state"));
        var texts = data.GetProperty("messages").EnumerateArray().Select(static message => Text(message, "text")).ToList();
        Assert.Equal("One more", texts[^1]);
        Assert.Contains("opens the conversation again", texts[^2], StringComparison.Ordinal);
        Assert.Equal("taken", Text((await agent.CallAsync("case.claim", CaseOf(id))).GetProperty("case"), "state"));
    }

    [Fact]
    public async Task An_agent_who_rises_loses_the_desk_and_the_case_returns_to_the_queue()
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        await using var agent = await SitAsync("agent");
        var id = await OpenAsync(visitor);
        var opened = (await visitor.SubscribeAsync($"case:{id}")).GetProperty("data").GetProperty("case");
        await agent.SubscribeAsync($"notes:{id}");
        await agent.CallAsync("case.claim", CaseOf(id));
        await agent.CallAsync("desk.rise", "{}");

        var returned = (await visitor.PublicationAsync($"case:{id}", static data =>
            Text(data, "type") == "case" && Text(data.GetProperty("case"), "state") == "waiting" && data.GetProperty("case").GetProperty("revision").GetInt64() > 2)).GetProperty("case");
        Assert.Equal(opened.GetProperty("since").GetInt64(), returned.GetProperty("since").GetInt64());
        Assert.Equal(403, await CodeAsync(agent, "case.claim", CaseOf(id)));
        var refused = await agent.CommandAsync("subscribe", $$"""{"channel":"notes:{{id}}"}""");
        Assert.Equal(103, refused.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData(400, "case.open", """{"text":"  ","clientId":"message-1","page":"/chat"}""")]
    [InlineData(400, "case.open", """{"text":"Help","clientId":"1","page":"/chat"}""")]
    [InlineData(400, "case.open", """{"text":"Help","clientId":"message-1","page":"chat"}""")]
    [InlineData(400, "case.open", """{"text":"Help","clientId":"message-1","page":"/chat","context":""}""")]
    [InlineData(404, "case.send", """{"case":"none","text":"Help","clientId":"message-1"}""")]
    [InlineData(404, "case.close", """{"case":null}""")]
    [InlineData(404, "case.send", """{"text":"Help","clientId":"message-1"}""")]
    [InlineData(404, "case.read", """{"case":"none","id":1}""")]
    [InlineData(403, "case.note", """{"case":"none","text":"Help","clientId":"message-1"}""")]
    [InlineData(400, "case.rate", """{"case":"none","rating":6}""")]
    [InlineData(400, "case.read", """{"case":"none","id":0}""")]
    [InlineData(403, "case.claim", """{"case":"none"}""")]
    [InlineData(403, "case.hand", """{"case":"none"}""")]
    [InlineData(107, "case.open", """{"text":1}""")]
    public async Task A_bad_call_gets_its_code(int code, string method, string data)
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        Assert.Equal(code, await CodeAsync(visitor, method, data));
    }

    [Fact]
    public async Task A_client_id_of_another_message_is_refused()
    {
        await using var visitor = await _showcase.ConnectAsync("visitor");
        var (first, second) = (await OpenAsync(visitor, "question-1"), await OpenAsync(visitor, "question-2"));
        await SendAsync(visitor, first, "Hello", "message-1");
        Assert.Equal(400, await CodeAsync(visitor, "case.send", $$"""{"case":"{{second}}","text":"Hello","clientId":"message-1"}"""));
        Assert.Equal(400, await CodeAsync(visitor, "case.open", """{"text":"Hello","clientId":"message-1","page":"/"}"""));
        Assert.Single((await visitor.CallAsync("case.page", CaseOf(second))).GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task A_visitor_without_a_key_sees_the_desk_and_writes_nothing()
    {
        await using var watcher = await _showcase.ConnectAsync();
        Assert.Equal(0, (await watcher.SubscribeAsync("desk:state")).GetProperty("data").GetProperty("agents").GetInt32());
        Assert.Equal(401, await CodeAsync(watcher, "case.open", """{"text":"Help","clientId":"message-1","page":"/"}"""));
        Assert.Equal(401, await CodeAsync(watcher, "desk.sit", "{}"));
    }

    private static string CaseOf(string id) => $$"""{"case":"{{id}}"}""";

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static async Task<int> CodeAsync(ProtocolClient client, string method, string data) =>
        (await client.FailingCallAsync(method, data)).GetProperty("code").GetInt32();

    private static async Task<string> OpenAsync(ProtocolClient client, string clientId = "question-0", string context = "Lynx") => Text((await client.CallAsync(
        "case.open", $$"""{"text":"Help","clientId":"{{clientId}}","page":"/chat","context":"{{context}}"}""")).GetProperty("case"), "case");

    private static async Task<JsonElement> SendAsync(ProtocolClient client, string id, string text, string clientId) =>
        (await client.CallAsync("case.send", $$"""{"case":"{{id}}","text":"{{text}}","clientId":"{{clientId}}"}""")).GetProperty("message");

    private async Task<string> UserAsync(string name)
    {
        await using var client = await ProtocolClient.OpenAsync(_showcase.Http);
        return Text((await client.ConnectAsync(RunningShowcase.KeyOf(name))).GetProperty("data"), "user");
    }

    private async Task<ProtocolClient> SitAsync(string name)
    {
        var agent = await _showcase.ConnectAsync(name);
        await agent.CallAsync("desk.sit", "{}");
        return agent;
    }
}

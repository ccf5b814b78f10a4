using System.Text;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Conversations;
using Showcase.Support;
using Showcase.Visitors;

namespace Showcase.Tests.Support;

/// <summary>The helpdesk without a socket, at a time of the test's choice.</summary>
public sealed class SupportHandlerTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("support");
    private DuplexTestHost _host = null!;

    public ValueTask InitializeAsync() => StartAsync(key: null);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task The_case_of_an_agent_who_stays_away_returns_to_the_queue_with_its_waiting_time_and_the_visitor_sees_why()
    {
        var (visitor, agent) = (await _host.ConnectAsync("ada"), await SitAsync("bob"));
        var opened = await OpenAsync(visitor);
        await visitor.SubscribeAsync($"case:{opened.Id}");
        await agent.CallAsync("case.claim", new CaseParams(opened.Id));
        await _host.AdvanceAsync(TimeSpan.FromSeconds(30));
        await agent.DropAsync();

        await _host.AdvanceAsync(TimeSpan.FromSeconds(61));

        var message = await MessageAsync(visitor, static message => message.Text.Contains("has left", StringComparison.Ordinal));
        Assert.Equal("bob has left. Your question is in the queue again and keeps its place.", message.Text);
        var returned = await CaseAsync(visitor, static found => found.State == CaseState.Waiting);
        Assert.Equal((opened.Since, null), (returned.Since, returned.Agent));
    }

    [Fact]
    public async Task An_agent_who_returns_within_a_minute_keeps_the_seat_and_the_case()
    {
        var (visitor, agent) = (await _host.ConnectAsync("ada"), await SitAsync("bob"));
        var opened = await OpenAsync(visitor);
        await agent.CallAsync("case.claim", new CaseParams(opened.Id));
        await agent.DropAsync();
        await _host.AdvanceAsync(TimeSpan.FromSeconds(50));

        var back = await _host.ConnectAsync("bob");
        await back.SubscribeAsync($"notes:{opened.Id}");
        await back.CallAsync("desk.sit", new SitParams(null));
        await _host.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("message-1", (await back.CallAsync<SentResult>("case.send", new CaseSendParams(opened.Id, "Hello", "message-1")))!.Message.ClientId);
    }

    [Fact]
    public async Task After_a_lid_was_closed_for_five_minutes_the_queue_equals_the_server_s_cases()
    {
        var (visitor, agent) = (await _host.ConnectAsync("ada"), await SitAsync("bob"));
        await agent.SubscribeAsync("agents:all");
        var before = await OpenAsync(visitor, "question-1");
        await agent.DropAsync();
        await visitor.SubscribeAsync("desk:state");
        await _host.AdvanceAsync(TimeSpan.FromMinutes(5));
        while ((await visitor.NextAsync()).Read<DeskState>() is not { Agents: 0 }) { }
        var during = await OpenAsync(visitor, "question-2");
        await visitor.CallAsync("case.close", new CaseParams(before.Id));

        var back = await _host.ConnectAsync("bob");
        var refused = await Assert.ThrowsAsync<ClientException>(() => back.SubscribeAsync("agents:all"));
        Assert.Equal(103u, refused.Error.Code);
        await back.CallAsync("desk.sit", new SitParams(null));
        await back.SubscribeAsync("agents:all");

        var queue = await _host.Hub.Maps.ReadStateAsync("inbox:all", cancellationToken: TestContext.Current.CancellationToken);
        var entry = Encoding.UTF8.GetString(Assert.Single(queue.Entries).Data.Span);
        Assert.Contains(during.Id, entry, StringComparison.Ordinal);
        Assert.Equal([during.Id], _host.Services.GetRequiredService<CaseStore>().All.Where(static found => found.State != CaseState.Closed).Select(static open => open.Id));
    }

    [Theory]
    [InlineData(30, 40, true)]
    [InlineData(90, 40, false)]
    [InlineData(90, 250, false)]
    public async Task An_absence_of_more_than_an_hour_loses_no_message_because_the_disk_has_those_that_the_history_has_not(int minutes, int written, bool isRecovered)
    {
        var (visitor, agent) = (await _host.ConnectAsync("ada"), await SitAsync("bob"));
        await agent.SubscribeAsync("agents:all");
        var opened = await OpenAsync(visitor);
        await agent.CallAsync("case.claim", new CaseParams(opened.Id));
        var channel = $"case:{opened.Id}";
        var before = await visitor.SubscribeAsync(channel, new() { Recoverable = true });
        var have = before.Read<CaseData>()!.Messages[^1].Id;
        await visitor.DropAsync();
        for (var number = 1; number <= written; number++) await agent.CallAsync("case.send", new CaseSendParams(opened.Id, $"{number}", $"message-{number}"));
        await _host.AdvanceAsync(TimeSpan.FromMinutes(minutes));

        visitor = await _host.ConnectAsync("ada");
        var after = await visitor.SubscribeAsync(channel, new() { Recoverable = true, Since = before.Position, Data = new JoinCase(have) });

        Assert.Equal(isRecovered, after.IsRecovered);
        var messages = after.Read<CaseData>()!.Messages.ToList();
        while (messages[0].Id > have) messages.InsertRange(0, (await visitor.CallAsync<HistoryResult>("case.page", new CasePageParams(opened.Id, messages[0].Id)))!.Messages);
        // The agent may have left the desk meanwhile, which the case records.
        var received = messages.Where(message => message.Id > have && message.User != Visitor.Showcase);
        Assert.Equal(Enumerable.Range(1, written).Select(static number => $"{number}"), received.Select(static message => message.Text));
    }

    [Fact]
    public async Task When_nobody_is_at_the_desk_a_helper_answers_once_and_the_case_stays_in_the_queue()
    {
        var visitor = await _host.ConnectAsync("ada");
        var opened = await OpenAsync(visitor, text: "How do I install it?");
        await visitor.SubscribeAsync($"case:{opened.Id}");
        await _host.AdvanceAsync(TimeSpan.FromSeconds(4));

        var answer = await MessageAsync(visitor, static message => message.User == Visitor.Showcase);
        Assert.Equal("Automatic helper", answer.Name);
        Assert.Contains("/docs/getting-started", answer.Text, StringComparison.Ordinal);
        Assert.Equal(CaseState.Waiting, (await CaseAsync(visitor, static _ => true)).State);
        await _host.AdvanceAsync(TimeSpan.FromSeconds(10));
        await visitor.CallAsync("case.send", new CaseSendParams(opened.Id, "And now?", "message-1"));
        var page = await visitor.CallAsync<HistoryResult>("case.page", new CasePageParams(opened.Id, null));
        Assert.Single(page!.Messages, static message => message.User == Visitor.Showcase);
    }

    [Fact]
    public async Task A_visitor_has_a_bounded_number_of_open_cases()
    {
        var visitor = await _host.ConnectAsync("ada");
        for (var i = 0; i < 3; i++) await OpenAsync(visitor, $"question-{i}");
        var refused = await Assert.ThrowsAsync<ClientException>(() => OpenAsync(visitor, "question-9"));
        Assert.Equal((409u, "You have 3 open conversations, which is the maximum: close one."), (refused.Error.Code, refused.Error.Message));
        await OpenAsync(visitor, "question-1");
    }

    [Fact]
    public async Task A_desk_with_a_key_admits_nobody_without_it()
    {
        await _host.DisposeAsync();
        await StartAsync("secret");
        var agent = await _host.ConnectAsync("bob");
        foreach (var key in (string?[])[null, "wrong"])
        {
            var refused = await Assert.ThrowsAsync<ClientException>(() => agent.CallAsync("desk.sit", new SitParams(key)));
            Assert.Equal(403u, refused.Error.Code);
        }

        await agent.CallAsync("desk.sit", new SitParams("secret"));
        await agent.SubscribeAsync("agents:all");
    }

    [Fact]
    public async Task Cases_and_seats_survive_a_restart_for_a_minute()
    {
        var (visitor, agent) = (await _host.ConnectAsync("ada"), await SitAsync("bob"));
        var opened = await OpenAsync(visitor);
        await agent.CallAsync("case.claim", new CaseParams(opened.Id));
        await _host.DisposeAsync();
        await StartAsync(key: null);

        visitor = await _host.ConnectAsync("ada");
        await visitor.SubscribeAsync($"case:{opened.Id}");
        await _host.AdvanceAsync(TimeSpan.FromSeconds(62));
        Assert.Equal(opened.Since, (await CaseAsync(visitor, static found => found.State == CaseState.Waiting)).Since);
    }

    private async ValueTask StartAsync(string? key) => _host = await DuplexTestHost.StartAsync(
        builder => builder.Services.AddDuplex().AddSupport(_data.FullName, key),
        static app =>
        {
            var hub = app.MapDuplex();
            hub.OnConnect(static (ClientContext client, TimeProvider time) =>
            {
                var rates = new Rates();
                foreach (var act in (Act[])[Act.Call, Act.Message, Act.Character, Act.Sign, SupportEndpoints.Open, SupportEndpoints.Ask, SupportEndpoints.Sit]) rates[act] = new(10_000, 1000);
                client.State = new Visitor(client.User, client.User, new VisitorAllowance("", null, new Allowance(time, rates)));
                return ConnectDecision.Allow();
            });
            hub.MapSupport();
        });

    private async Task<TestClient> SitAsync(string user)
    {
        var agent = await _host.ConnectAsync(user);
        await agent.CallAsync("desk.sit", new SitParams(null));
        return agent;
    }

    private static async Task<Case> OpenAsync(TestClient client, string clientId = "question-0", string text = "Help") =>
        (await client.CallAsync<OpenedResult>("case.open", new OpenParams(clientId, text, "/chat")))!.Case;

    private static async Task<Message> MessageAsync(TestClient client, Func<Message, bool> fits)
    {
        while (true)
        {
            var push = await client.NextAsync();
            if (push.Kind == TestPushKind.Publication && push.Read<MessageEvent>() is { Type: "message" } sent && fits(sent.Message)) return sent.Message;
        }
    }

    private static async Task<Case> CaseAsync(TestClient client, Func<Case, bool> fits)
    {
        while (true)
        {
            var push = await client.NextAsync();
            if (push.Kind == TestPushKind.Publication && push.Read<CaseEvent>() is { Type: "case" } changed && fits(changed.Case)) return changed.Case;
        }
    }
}

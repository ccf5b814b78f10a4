using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Application;

/// <summary>A delegate that decides nothing where a decision is due fails while the application is built.</summary>
public sealed class DecisionBindingTests
{
    public static TheoryData<string, string> Undecided
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var hook in (string[])["OnConnect", "OnSubscribe", "OnPublish", "OnRemove", "OnPresence", "OnHistory", "OnRefresh", "OnRefresh of connections"])
            {
                foreach (var result in Results.Keys) cases.Add(hook, result);
            }

            return cases;
        }
    }

    private static Dictionary<string, Delegate> Results { get; } = new()
    {
        ["nothing"] = () => { },
        ["a task"] = () => Task.CompletedTask,
        ["a value task"] = () => ValueTask.CompletedTask,
        ["text"] = () => "yes",
        ["an object"] = () => new object(),
        ["a task of an object"] = () => Task.FromResult<object?>(true),
        ["a nullable bool"] = () => (bool?)true,
        ["bytes"] = () => new byte[1],
    };

    [Theory, MemberData(nameof(Undecided))]
    public async Task Result_that_is_no_decision_is_an_error_that_names_the_decision(string hook, string result)
    {
        var exception = await FailAsync(hub => Register(hub, hook, Results[result]));

        Assert.Contains("Decision.Allow(...)", exception.Message, StringComparison.Ordinal);
        Assert.Contains(hook.Split(' ')[0], exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OnJoin"), InlineData("OnLeave"), InlineData("OnMessage"), InlineData("OnDisconnect")]
    public async Task Result_that_nothing_reads_is_an_error(string hook)
    {
        var exception = await FailAsync(hub => Register(hub, hook, () => false));

        Assert.Contains(hook, exception.Message, StringComparison.Ordinal);
        Assert.Contains("the result would be ignored", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewal_is_not_decided_by_a_bool()
    {
        var exception = await FailAsync(static hub => hub.OnRefresh(static () => true));

        Assert.DoesNotContain("true or false", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_is_not_read_from_the_payload()
    {
        var exception = await FailAsync(static hub => hub.OnConnect(static async (ClientContext? client, HandlerContext _) =>
        {
            await Task.Yield();
            return client is not null;
        }));

        Assert.Contains(nameof(ClientContext), exception.Message, StringComparison.Ordinal);
    }

    private static void Register(DuplexEndpointConventionBuilder hub, string hook, Delegate handler)
    {
        switch (hook)
        {
            case "OnConnect": hub.OnConnect(handler); break;
            case "OnMessage": hub.OnMessage(handler); break;
            case "OnDisconnect": hub.OnDisconnect(handler); break;
            case "OnRefresh of connections": hub.OnRefresh(handler); break;
            case "OnSubscribe": hub.MapChannel("a").OnSubscribe(handler); break;
            case "OnPublish": hub.MapChannel("a").OnPublish(handler); break;
            case "OnRemove": hub.MapChannel("a").OnRemove(handler); break;
            case "OnPresence": hub.MapChannel("a").OnPresence(handler); break;
            case "OnHistory": hub.MapChannel("a").OnHistory(handler); break;
            case "OnRefresh": hub.MapChannel("a").OnRefresh(handler); break;
            case "OnJoin": hub.MapChannel("a").OnJoin(handler); break;
            case "OnLeave": hub.MapChannel("a").OnLeave(handler); break;
            default: throw new ArgumentOutOfRangeException(nameof(hook));
        }
    }

    private static async Task<InvalidOperationException> FailAsync(Action<DuplexEndpointConventionBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDuplex();
        await using var app = builder.Build();
        return Assert.Throws<InvalidOperationException>(() => map(app.MapDuplex()));
    }
}

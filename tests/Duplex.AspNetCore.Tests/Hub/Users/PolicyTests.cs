using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub.Users;

/// <summary>RequireAuthorization of channels and methods evaluates policies of ASP.NET Core against the principal of the connection.</summary>
public sealed class PolicyTests
{
    private const string Denied = "\"error\":{\"code\":103,";

    [Theory]
    [InlineData("""{"id":2,"subscribe":{"channel":"open:a"}}""")]
    [InlineData("""{"id":2,"publish":{"channel":"open:a","data":{}}}""")]
    [InlineData("""{"id":2,"presence":{"channel":"open:a"}}""")]
    [InlineData("""{"id":2,"presence_stats":{"channel":"open:a"}}""")]
    [InlineData("""{"id":2,"history":{"channel":"open:a"}}""")]
    [InlineData("""{"id":2,"rpc":{"method":"work","data":{}}}""")]
    [InlineData("""{"id":2,"subscribe":{"channel":"map:a","type":1}}""")]
    [InlineData("""{"id":2,"publish":{"channel":"map:a","type":1,"key":"k","data":{}}}""")]
    [InlineData("""{"id":2,"publish":{"channel":"map:a","type":1,"key":"k","removed":true}}""")]
    public async Task Policy_allows_each_command_to_principals_that_satisfy_it_alone(string command)
    {
        await using var app = await StartAsync(static hub =>
        {
            hub.MapChannel("open:{room}").RequireAuthorization("staff");
            hub.MapChannel("map:{room}").RequireAuthorization("staff");
            hub.MapRpc("work", static _ => default).RequireAuthorization("staff");
        });

        Assert.DoesNotContain("\"error\"", await AnswerAsync(app, "staff-bob", command), StringComparison.Ordinal);
        Assert.Contains(Denied, await AnswerAsync(app, "ann", command), StringComparison.Ordinal);
        Assert.Contains(Denied, await AnswerAsync(app, null, command), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":2,"sub_refresh":{"channel":"open:a","token":"t"}}""")]
    [InlineData("""{"id":2,"sub_refresh":{"channel":"open:a","type":1,"track":[{"items":[{"key":"k"}]}]}}""")]
    public async Task Policy_is_evaluated_for_refreshes_and_tracked_keys(string command)
    {
        var calls = 0;
        await using var app = await StartAsync(hub => hub.MapChannel("open:{room}").RequireAuthorization(
            new AuthorizationPolicyBuilder().RequireAssertion(context => Interlocked.Increment(ref calls) == 0).Build()));

        Assert.Contains(Denied, await AnswerAsync(app, "ann", command), StringComparison.Ordinal);
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData("""{"id":2,"subscribe":{"channel":"closed:a"}}""", true)]
    [InlineData("""{"id":2,"publish":{"channel":"closed:a","data":{}}}""", false)]
    [InlineData("""{"id":2,"presence":{"channel":"closed:a"}}""", false)]
    [InlineData("""{"id":2,"history":{"channel":"closed:a"}}""", false)]
    [InlineData("""{"id":2,"subscribe":{"channel":"closed:a#carl"}}""", false)]
    [InlineData("""{"id":2,"subscribe":{"channel":"$closed:a"}}""", false)]
    public async Task Policy_alone_grants_subscribing_and_nothing_else(string command, bool isAllowed)
    {
        await using var app = await StartAsync(static hub =>
        {
            hub.MapChannel("closed:{room}").RequireAuthorization("staff");
            hub.MapChannel("$closed:{room}").RequireAuthorization("staff");
        });

        Assert.Equal(isAllowed, !(await AnswerAsync(app, "staff-bob", command)).Contains("\"error\"", StringComparison.Ordinal));
        Assert.Contains("\"error\"", await AnswerAsync(app, "ann", command), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("staff-bob", "open:yes", true)]
    [InlineData("staff-bob", "open:no", false)]
    [InlineData("ann", "open:yes", false)]
    public async Task Policy_and_handler_must_both_allow(string user, string channel, bool isAllowed)
    {
        await using var app = await StartAsync(static hub => hub.MapChannel("open:{room}")
            .RequireAuthorization("staff")
            .OnSubscribe(static context => new(SubscribeDecision.FromBoolean(context.Target == "open:yes"))));

        var answer = await AnswerAsync(app, user, $$$"""{"id":2,"subscribe":{"channel":"{{{channel}}}"}}""");

        Assert.Equal(!isAllowed, answer.Contains(Denied, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_policy_of_a_channel_must_succeed_and_none_names_the_default_policy()
    {
        await using var app = await StartAsync(static hub =>
        {
            hub.MapChannel("open:{room}").RequireAuthorization("signed-in").RequireAuthorization("staff");
            hub.MapRpc("work", static _ => default).RequireAuthorization();
        });

        Assert.Contains(Denied, await AnswerAsync(app, "ann", """{"id":2,"subscribe":{"channel":"open:a"}}"""), StringComparison.Ordinal);
        Assert.DoesNotContain("\"error\"", await AnswerAsync(app, "ann", """{"id":2,"rpc":{"method":"work"}}"""), StringComparison.Ordinal);
        Assert.Contains(Denied, await AnswerAsync(app, null, """{"id":2,"rpc":{"method":"work"}}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open:room", false)]
    [InlineData("open:lobby", true)]
    public async Task Policy_of_a_pattern_does_not_cover_a_channel_that_matches_a_more_specific_one(string channel, bool isAllowed)
    {
        await using var app = await StartAsync(static hub =>
        {
            hub.MapChannel("open:{room}").RequireAuthorization("staff");
            hub.MapChannel("open:lobby");
        });

        var answer = await AnswerAsync(app, "ann", $$$"""{"id":2,"subscribe":{"channel":"{{{channel}}}"}}""");

        Assert.Equal(!isAllowed, answer.Contains(Denied, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("staff-bob", true)]
    [InlineData("ann", false)]
    public async Task Policy_holds_for_the_channels_that_a_one_way_client_names_as_it_connects(string user, bool isAllowed)
    {
        await using var app = await StartAsync(static hub => hub.MapChannel("open:{room}").RequireAuthorization("staff"));

        var (client, first) = await app.OpenAsync("uni_sse", await app.SignInAsync(user), """{"subs":{"open:a":{}}}""");
        using (client) Assert.Equal(isAllowed, first.Contains("\"open:a\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Policies_do_not_apply_to_calls_of_the_server()
    {
        await using var app = await StartAsync(static hub => hub.MapRpc("work", static _ => new((object?)"done")).RequireAuthorization("staff"));

        var data = await app.Services.GetRequiredService<IHub>().CallAsync("work", default, HubApplication.Limit);

        Assert.Equal("\"done\""u8.ToArray(), data.ToArray());
    }

    [Fact]
    public async Task Policies_without_principals_and_unknown_policies_fail_the_start()
    {
        var noPrincipal = await Assert.ThrowsAsync<InvalidOperationException>(() => SignInApplication.StartAsync(
            static hub => hub.MapChannel("open:{room}").RequireAuthorization("staff"), static _ => { }));
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => SignInApplication.StartAsync(
            static hub => hub.MapRpc("work", static _ => default).RequireAuthorization("unknown")));

        Assert.Contains("the channels 'open:{room}' needs the principals of clients: call AddDuplex().AddHttpContextUser()", noPrincipal.Message, StringComparison.Ordinal);
        Assert.Contains("the method 'work' names the policy 'unknown', which is not registered", unknown.Message, StringComparison.Ordinal);
    }

    private static Task<SignInApplication> StartAsync(Action<DuplexEndpointConventionBuilder> hub) => SignInApplication.StartAsync(hub, Configure);

    private static void Configure(DuplexBuilder builder) => builder
        .AddHttpContextUser()
        .Configure(static options => options.AllowAnonymous = true)
        .AddNamespace("open", static ns =>
        {
            Keep(ns);
            ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = ns.AllowPublish = ns.AllowPublishForAnonymous = true;
            ns.AllowPresence = ns.AllowPresenceForAnonymous = ns.AllowHistory = ns.AllowHistoryForAnonymous = true;
        })
        .AddNamespace("closed", static ns =>
        {
            Keep(ns);
            ns.AllowUserLimitedChannels = true;
        })
        .AddNamespace("map", static ns =>
        {
            ns.SubscriptionType = SubscriptionType.Map;
            ns.Map.KeyTtl = TimeSpan.FromMinutes(5);
            ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
            ns.Map.AllowPublish = ns.Map.AllowPublishForAnonymous = ns.Map.AllowRemove = ns.Map.AllowRemoveForAnonymous = true;
        });

    private static void Keep(NamespaceOptions ns)
    {
        ns.Presence = true;
        ns.HistorySize = 10;
        ns.HistoryTtl = TimeSpan.FromMinutes(5);
    }

    private static async Task<string> AnswerAsync(SignInApplication app, string? user, string command)
    {
        var (client, _) = await app.OpenAsync("websocket", user is null ? null : await app.SignInAsync(user));
        using (client) return await client.SendAsync(command);
    }
}

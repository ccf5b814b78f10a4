using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Centrifuge.Tests.Session;

/// <summary>What a client that is connected, or on its way, may send without harm to others.</summary>
public sealed class HostileClientTests
{
    [Theory]
    [InlineData("subscribe", "")]
    [InlineData("publish", ",\"data\":1")]
    [InlineData("presence", "")]
    [InlineData("presence_stats", "")]
    [InlineData("history", "")]
    public void Channel_name_of_a_megabyte_is_answered_with_107(string command, string rest)
    {
        using var hub = Hub();
        var client = hub.Connect();

        var reply = Assert.Single(client.Say("{\"id\":2,\"" + command + "\":{\"channel\":\"news:" + new string('x', 1024 * 1024) + "\"" + rest + "}}"));

        Assert.Equal("""{"id":2,"error":{"code":107,"message":"bad request"}}""", reply);
        Assert.Equal("""{"id":3,"unsubscribe":{}}""", Assert.Single(client.Say("""{"id":3,"unsubscribe":{"channel":"news:a"}}""")));
    }

    [Theory]
    [InlineData("publish", "\"channel\":\"news:a\"")]
    [InlineData("subscribe", "\"channel\":\"news:b\"")]
    [InlineData("rpc", "\"method\":\"echo\"")]
    public void Data_nested_beyond_the_limit_is_answered_with_107_and_the_next_command_is_done_CVE_2019_0982(string command, string fields)
    {
        using var hub = Hub();
        var client = hub.Connect();
        var deep = "{\"id\":2,\"" + command + "\":{" + fields + ",\"data\":" + new string('[', 10_000) + new string(']', 10_000) + "}}";

        Assert.Equal(
            ["""{"id":2,"error":{"code":107,"message":"bad request"}}""", """{"id":3,"subscribe":{}}"""],
            client.Say(deep + "\n" + """{"id":3,"subscribe":{"channel":"news:a"}}"""));
    }

    [Fact]
    public void Message_nested_beyond_the_limit_ends_the_connection_with_3501_because_nothing_answers_it() =>
        ShouldDisconnect("{\"send\":{\"data\":" + new string('[', 65) + new string(']', 65) + "}}");

    [Theory]
    [InlineData("""{"id":-1,"subscribe":{"channel":"news:a"}}""")]
    [InlineData("""{"id":4294967296,"subscribe":{"channel":"news:a"}}""")]
    [InlineData("""{"id":"2","subscribe":{"channel":"news:a"}}""")]
    [InlineData("""{"id":2,"subscribe":"news:a"}""")]
    [InlineData("""{"id":2,"subscribe":{"channel":5}}""")]
    [InlineData("""{"id":2,"subscribe":{"channel":"news:a","offset":-1}}""")]
    [InlineData("""{"id":2,"history":{"channel":"news:a","limit":99999999999}}""")]
    [InlineData("""{"id":2,"ping":{}}""")]
    [InlineData("""{"id":2,"unknown":{}}""")]
    [InlineData("""{"id":2}""")]
    [InlineData("{}\n{}")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Command_of_the_wrong_type_or_of_none_ends_the_connection_with_3501_CVE_2019_0982(string frame) => ShouldDisconnect(frame);

    [Theory]
    [InlineData("""{"id":2,"subscribe":{"channel":"news:a","invented":[1,{"a":null}]},"more":"x"}""")]
    [InlineData("""{"more":{"deep":[[[]]]},"subscribe":{"channel":"news:a"},"id":2}""")]
    [InlineData("""{"id":2,"subscribe":{"channel":"news:a","type":0,"flag":-1,"phase":99}}""")]
    public void Field_nobody_knows_is_passed_over(string frame)
    {
        using var hub = Hub();

        Assert.StartsWith("{\"id\":2,\"subscribe\"", Assert.Single(hub.Connect().Say(frame)), StringComparison.Ordinal);
    }

    [Fact]
    public void Number_of_a_subscription_type_that_is_not_is_refused_with_103()
    {
        using var hub = Hub();

        Assert.Contains("\"code\":103", Assert.Single(hub.Connect().Say("""{"id":2,"subscribe":{"channel":"news:a","type":77}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Count_of_history_is_bounded_by_the_server_whatever_is_asked()
    {
        using var hub = Hub(static options => options.MaxHistoryPublications = 3, static ns =>
            (ns.HistorySize, ns.HistoryTtl, ns.AllowHistory, ns.AllowHistoryForAnonymous) = (10, TimeSpan.FromHours(1), true, true));
        for (var i = 0; i < 5; i++) hub.Publish("news:a", "1");
        var client = hub.Connect();

        foreach (var limit in (int[])[int.MaxValue, -1, int.MinValue, 4])
        {
            var reply = Assert.Single(client.Say("{\"id\":2,\"history\":{\"channel\":\"news:a\",\"limit\":" + limit + "}}"));
            Assert.Equal(3, reply.Split("\"data\"").Length - 1);
        }
    }

    [Fact]
    public void What_comes_before_a_client_is_let_in_is_bounded_CVE_2026_33219()
    {
        var gate = new TaskCompletionSource<ConnectDecision>();
        using var hub = new TestHub(static options => options.MaxPendingCommandBytes = 1600, application: model => model.Connect = _ => new(gate.Task));
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{}}""");

        for (var i = 0; i < 9; i++) client.Say(new string(' ', 100) + "{}");
        Assert.Null(client.CloseCode);
        client.Say(new string(' ', 100) + "{}");

        Assert.Equal<ushort?>(3013, client.CloseCode);
    }

    [Fact]
    public void Empty_messages_before_a_client_is_let_in_are_bounded_in_number()
    {
        var gate = new TaskCompletionSource<ConnectDecision>();
        using var hub = new TestHub(static options => options.MaxPendingCommandBytes = 640, application: model => model.Connect = _ => new(gate.Task));
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{}}""");

        for (var i = 0; i < 10; i++) client.Say("");
        Assert.Null(client.CloseCode);
        client.Say("");

        Assert.Equal<ushort?>(3013, client.CloseCode);
    }

    [Fact]
    public void Subscriptions_are_bounded_CVE_2026_33151()
    {
        using var hub = Hub(static options => options.MaxSubscriptionsPerClient = 3);
        var client = hub.Connect();

        var replies = client.Say(string.Join('\n', Enumerable.Range(2, 10).Select(static i => $"{{\"id\":{i},\"subscribe\":{{\"channel\":\"news:{i}\"}}}}")));

        Assert.Equal(3, replies.Count(static reply => reply.Contains("\"subscribe\"", StringComparison.Ordinal)));
        Assert.Equal(7, replies.Count(static reply => reply.Contains("\"code\":106", StringComparison.Ordinal)));
    }

    private static void ShouldDisconnect(string frame)
    {
        using var hub = Hub();
        var client = hub.Connect();

        Assert.Empty(client.Say(frame));

        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    private static TestHub Hub(Action<Messaging.HubOptions>? configure = null, Action<NamespaceOptions>? news = null) => new(configure, news);
}

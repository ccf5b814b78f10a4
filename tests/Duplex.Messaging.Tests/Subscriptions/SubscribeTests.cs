using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Subscriptions;

public sealed class SubscribeTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

    [Fact]
    public void Subscriber_gets_publications_after_its_reply_until_it_unsubscribes()
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        Assert.Equal(["""{"id":2,"subscribe":{}}"""], client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}"""));
        hub.Publish("news:a", """{"n":1}""");
        Assert.Equal(["""{"push":{"channel":"news:a","pub":{"data":{"n":1}}}}"""], Frames.WithoutTime(client.Received()));

        Assert.Equal(["""{"id":3,"unsubscribe":{}}"""], client.Say("""{"id":3,"unsubscribe":{"channel":"news:a"}}"""));
        hub.Publish("news:a", """{"n":2}""");
        Assert.Empty(client.Received());
    }

    [Theory]
    [InlineData("other:a", 102)]
    [InlineData("a", 102)]
    [InlineData("$news:a", 103)]
    [InlineData("news:ä", 107)]
    public void Server_refuses_a_channel_it_does_not_know_or_allow(string channel, int code)
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        var reply = Assert.Single(client.Say("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}"));

        Assert.StartsWith("{\"id\":2,\"error\":{\"code\":" + code, reply, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_answers_107_to_a_name_longer_than_255_and_106_beyond_the_channel_limit_and_105_the_second_time()
    {
        using var hub = new TestHub(options => options.MaxSubscriptionsPerClient = 2);
        var client = hub.Connect();

        Assert.Contains("\"code\":107", Subscribe(client, "news:" + new string('x', 251)), StringComparison.Ordinal);
        Assert.DoesNotContain("error", Subscribe(client, "news:" + new string('x', 250)), StringComparison.Ordinal);
        Assert.Contains("\"code\":105", Subscribe(client, "news:" + new string('x', 250)), StringComparison.Ordinal);
        Assert.DoesNotContain("error", Subscribe(client, "news:b"), StringComparison.Ordinal);
        Assert.Contains("\"code\":106", Subscribe(client, "news:c"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subscribe")]
    [InlineData("unsubscribe")]
    [InlineData("publish")]
    [InlineData("presence")]
    [InlineData("presence_stats")]
    [InlineData("history")]
    [InlineData("sub_refresh")]
    public void Server_disconnects_with_3501_a_command_without_a_channel(string command)
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        client.Say("{\"id\":2,\"" + command + "\":{}}");

        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    [Fact]
    public void Handler_decides_about_subscriptions_and_its_data_is_in_the_reply()
    {
        using var hub = new TestHub(application: model => model.AddChannel("news:{topic}").Subscribe = static context =>
            context.Values["topic"] switch
            {
                "closed" => new(false),
                "broken" => throw new InvalidOperationException("no"),
                "typed" => throw new ClientException(444, "pay first"),
                var topic => new(SubscribeDecision.Allow() with { Data = topic }),
            });
        var client = hub.Connect();

        Assert.Contains("\"code\":103", Subscribe(client, "news:closed"), StringComparison.Ordinal);
        Assert.Contains("\"code\":100", Subscribe(client, "news:broken"), StringComparison.Ordinal);
        Assert.Contains("\"code\":444,\"message\":\"pay first\"", Subscribe(client, "news:typed"), StringComparison.Ordinal);
        Assert.Equal("""{"id":2,"subscribe":{"data":"sport"}}""", Subscribe(client, "news:sport"));
    }

    [Fact]
    public void Publications_made_while_the_handler_runs_follow_the_reply()
    {
        var gate = new TaskCompletionSource<SubscribeDecision>();
        using var hub = new TestHub(application: model => model.AddChannel("news:{topic}").Subscribe = _ => new(gate.Task));
        var client = hub.Connect();

        Assert.Empty(client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}"""));
        hub.Publish("news:a", "1");
        hub.Publish("news:a", "2");
        Assert.Empty(client.Received());
        gate.SetResult(true);

        Assert.Equal(
            ["""{"id":2,"subscribe":{}}""", """{"push":{"channel":"news:a","pub":{"data":1}}}""", """{"push":{"channel":"news:a","pub":{"data":2}}}"""],
            Frames.WithoutTime(client.Received()));
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Client_that_is_cut_while_its_handler_runs_leaves_nothing_behind()
    {
        var gate = new TaskCompletionSource<SubscribeDecision>();
        using var hub = new TestHub(
            news: ns => ns.Presence = ns.AllowPresence = ns.AllowPresenceForAnonymous = true,
            application: model => model.AddChannel("news:slow").Subscribe = _ => new(gate.Task));
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:slow"}}""");
        hub.Publish("news:slow", "1");

        client.Cut();
        gate.SetResult(true);
        client.Received();

        var other = hub.Connect();
        Assert.Equal(["""{"id":2,"presence":{"presence":{}}}"""], other.Say("""{"id":2,"presence":{"channel":"news:slow"}}"""));
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Unsubscribing_from_a_channel_one_is_not_in_succeeds()
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        Assert.Equal(["""{"id":2,"unsubscribe":{}}"""], client.Say("""{"id":2,"unsubscribe":{"channel":"news:a"}}"""));
    }

    [Fact]
    public void User_limited_channel_admits_the_users_it_names_and_nobody_else()
    {
        using var hub = new TestHub(
            news: ns => ns.AllowUserLimitedChannels = true,
            application: model => model.Connect = static _ => new(ConnectDecision.Allow() with { User = "2" }));
        var client = hub.Connect();

        Assert.DoesNotContain("error", Subscribe(client, "news:dialog#1,2"), StringComparison.Ordinal);
        Assert.Contains("\"code\":103", Subscribe(client, "news:dialog#1,22"), StringComparison.Ordinal);
        Assert.Contains("\"code\":103", Subscribe(client, "news:dialog#"), StringComparison.Ordinal);
    }

    [Fact]
    public void Joins_are_not_for_subscribers_who_may_not_read_presence()
    {
        using var hub = new TestHub(news: ns => ns.Presence = ns.JoinLeave = true);
        var first = hub.Connect();
        Assert.Single(first.Say("""{"id":2,"subscribe":{"channel":"news:a","join_leave":true}}"""));

        hub.Connect().Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        Assert.Empty(first.Received());
    }

    [Fact]
    public void Channel_that_names_the_user_lets_it_in_without_asking_the_handler_which_decides_about_others()
    {
        List<string> asked = [];
        using var hub = new TestHub(
            news: ns => ns.AllowUserLimitedChannels = true,
            application: model =>
            {
                model.Connect = static context => new(ConnectDecision.Allow() with { User = System.Text.Encoding.UTF8.GetString(context.Data.Span).Trim('"') });
                model.AddChannel("news:{room}").Subscribe = context =>
                {
                    asked.Add(context.Client.User);
                    return new(context.Client.User == "guest");
                };
            });

        foreach (var (user, isLetIn) in new[] { ("7", true), ("guest", true), ("8", false) })
        {
            var client = hub.Open();
            client.Say("{\"id\":1,\"connect\":{\"data\":\"" + user + "\"}}");
            Assert.Equal(isLetIn, Subscribe(client, "news:room#7,9").Contains("\"subscribe\"", StringComparison.Ordinal));
        }

        Assert.Equal(["guest", "8"], asked);
    }

    [Fact]
    public void Presence_shows_subscribers_and_joins_and_leaves_reach_those_who_asked()
    {
        using var hub = new TestHub(news: ns =>
        {
            ns.Presence = ns.JoinLeave = true;
            ns.AllowPresenceForSubscriber = true;
        });
        var first = hub.Connect();
        var joined = first.Say("""{"id":2,"subscribe":{"channel":"news:a","join_leave":true}}""");
        Assert.StartsWith("{\"id\":2,\"subscribe\"", joined[0], StringComparison.Ordinal);
        Assert.Equal(Join(first), joined[1]);

        var second = hub.Connect();
        second.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        Assert.Equal([Join(second)], first.Received());
        Assert.Equal(
            ["""{"id":3,"presence_stats":{"num_clients":2,"num_users":1}}"""],
            second.Say("""{"id":3,"presence_stats":{"channel":"news:a"}}"""));

        second.Cut();
        Assert.Equal([Join(second).Replace("join", "leave", StringComparison.Ordinal)], first.Received());
        Assert.Contains(first.Id, Assert.Single(first.Say("""{"id":3,"presence":{"channel":"news:a"}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Expired_history_is_refused_and_kept_history_is_read_in_both_directions()
    {
        using var hub = new TestHub(static options => options.PingInterval = null, ns =>
        {
            ns.HistorySize = 10;
            ns.HistoryTtl = Ttl;
            ns.AllowHistory = ns.AllowHistoryForAnonymous = true;
        });
        var client = hub.Connect();
        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");

        Assert.Equal(
            """{"id":2,"history":{"publications":[],"epoch":"E","offset":3}}""",
            History(client, "\"channel\":\"news:a\""));
        Assert.Equal(
            """{"id":2,"history":{"publications":[{"data":2,"offset":2},{"data":3,"offset":3}],"epoch":"E","offset":3}}""",
            History(client, "\"channel\":\"news:a\",\"limit\":-1,\"since\":{\"offset\":1}"));
        Assert.Equal(
            """{"id":2,"history":{"publications":[{"data":3,"offset":3},{"data":2,"offset":2}],"epoch":"E","offset":3}}""",
            History(client, "\"channel\":\"news:a\",\"limit\":2,\"reverse\":true"));
        Assert.Contains("\"code\":112", History(client, "\"channel\":\"news:a\",\"limit\":2,\"since\":{\"offset\":1,\"epoch\":\"other\"}"), StringComparison.Ordinal);
        hub.Time.Advance(Ttl);
        Assert.Equal(
            """{"id":2,"history":{"publications":[],"epoch":"E","offset":3}}""",
            History(client, "\"channel\":\"news:a\",\"limit\":-1"));
    }

    [Fact]
    public void Publication_is_encoded_once_however_many_subscribers_it_has()
    {
        using var hub = new TestHub(news: static ns => ns.SlowConsumers = SlowConsumerPolicy.Disconnect);
        var clients = Enumerable.Range(0, 50).Select(_ => hub.Connect()).ToArray();
        foreach (var client in clients) client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        var before = hub.Framing.Made;

        hub.Publish("news:a", "1");

        Assert.All(clients, static client => Assert.Single(client.Received()));
        Assert.Equal(1, hub.Framing.Made - before);
    }

    private static string Subscribe(TestClient client, string channel) =>
        Assert.Single(client.Say("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}"));

    private static string History(TestClient client, string fields) =>
        Frames.WithoutTime(Assert.Single(client.Say("{\"id\":2,\"history\":{" + fields + "}}")));

    [Theory]
    [InlineData("news:")]
    [InlineData("$news:")]
    [InlineData("$")]
    public void Namespace_alone_is_no_name_of_a_channel(string channel)
    {
        using var hub = new TestHub(static options => options.Namespaces[""] = new() { AllowSubscribe = true, AllowSubscribeForAnonymous = true });

        var reply = Assert.Single(hub.Connect().Say("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}"));

        Assert.Contains("\"code\":107", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Publications_held_back_while_a_subscription_is_made_are_bounded_however_small(int bytes)
    {
        var answer = new TaskCompletionSource<SubscribeDecision>();
        using var hub = new TestHub(
            static options => options.MaxQueuedBytes = 10_000,
            static ns => ns.DataFormat = DataFormat.Binary,
            model => model.AddChannel("news:{topic}").Subscribe = _ => new(answer.Task));
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        for (var i = 0; i < 1000; i++) hub.Publish("news:a", new string('1', bytes));
        answer.SetResult(true);

        // The subscription cannot go on without what was thrown away.
        Assert.Contains(client.Received(), static frame => frame.Contains("\"unsubscribe\":{\"code\":2500", StringComparison.Ordinal));
    }

    private static string Join(TestClient client) =>
        "{\"push\":{\"channel\":\"news:a\",\"join\":{\"info\":{\"user\":\"\",\"client\":\"" + client.Id + "\"}}}}";
}

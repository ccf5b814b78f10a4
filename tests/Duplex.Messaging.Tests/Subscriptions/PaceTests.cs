using System.Text.Json;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.Subscriptions;

/// <summary>Batching by subscription, and the count of what a subscription was spared.</summary>
public sealed class PaceTests
{
    private const string Refused = """{"id":2,"error":{"code":107,"message":"bad request"}}""";

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);

    [Fact]
    public void Subscriber_with_a_pace_gets_the_latest_of_each_key_while_others_get_everything()
    {
        using var hub = Hub();
        var slow = Subscribed(hub, """{"delay_ms":250,"latest":true}""");
        var fast = Subscribed(hub, null);

        foreach (var (key, value) in new[] { ("a", 1), ("b", 2), ("a", 3) }) hub.Publish("news:a", $"{value}", new PublishOptions { Key = key });

        Assert.Equal(["1", "2", "3"], Values(fast));
        hub.Time.Advance(Delay - TimeSpan.FromMilliseconds(1));
        Assert.Empty(Values(slow));
        hub.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["2", "3"], Values(slow));
        Assert.Equal("""{"id":9,"rpc":{"data":{"skipped":1,"pace":{"delay_ms":250,"latest":true}}}}""", Asked(slow));
        Assert.Equal("""{"id":9,"rpc":{"data":{"skipped":0}}}""", Asked(fast));
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Subscriber_with_a_pace_that_is_not_for_the_latest_gets_everything_together()
    {
        using var hub = Hub();
        var client = Subscribed(hub, """{"delay_ms":250}""");

        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");

        Assert.Empty(Values(client));
        hub.Time.Advance(Delay);
        Assert.Equal(1, hub.Shard.Pending);
        Assert.Equal(["1", "2", "3"], Values(client));
        Assert.Contains("\"skipped\":0", Asked(client), StringComparison.Ordinal);
    }

    [Fact]
    public void Position_moves_over_what_a_pace_skips()
    {
        using var hub = Hub(static ns => (ns.HistorySize, ns.HistoryTtl, ns.Recovery) = (10, TimeSpan.FromMinutes(5), true));
        var client = Subscribed(hub, """{"delay_ms":250,"latest":true}""");

        for (var round = 1; round <= 2; round++)
        {
            for (var i = 0; i < 3; i++) hub.Publish("news:a", $"{(round * 10) + i}");
            hub.Time.Advance(Delay);
            Assert.Equal([$"{(round * 10) + 2}"], Values(client));
        }

        // Neither a hole nor a lag is found on the live connection.
        hub.Wait(TimeSpan.FromSeconds(90));
        Assert.DoesNotContain(client.Received(), static frame => frame.Contains("unsubscribe", StringComparison.Ordinal));
        Assert.Null(client.CloseCode);
    }

    [Fact]
    public void Latest_publication_is_the_latest_that_the_filter_matches()
    {
        // With offsets, of which the filter leaves gaps.
        using var hub = Hub(static ns => (ns.AllowTagsFilter, ns.HistorySize, ns.HistoryTtl, ns.Recovery) = (true, 10, TimeSpan.FromMinutes(5), true));
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a","data":{"pace":{"delay_ms":250,"latest":true}},"tf":{"cmp":"eq","key":"sector","val":"energy"}}}""");

        foreach (var (sector, value) in new[] { ("energy", 1), ("banks", 2), ("energy", 3), ("banks", 4) })
        {
            hub.Publish("news:a", $"{value}", new PublishOptions { Tags = new Dictionary<string, string> { ["sector"] = sector } });
        }

        hub.Time.Advance(Delay);
        Assert.Equal(["3"], Values(client));
        Assert.Contains("\"skipped\":1,", Asked(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"delay_ms":9}"""), InlineData("""{"delay_ms":1001}"""), InlineData("""{"delay_ms":-1}""")]
    [InlineData("""{"delay_ms":2.5}"""), InlineData("""{"delay_ms":"250"}"""), InlineData("""{"delay_ms":99999999999}""")]
    [InlineData("""{"latest":true}"""), InlineData("""{"delay_ms":250,"latest":1}"""), InlineData("250"), InlineData("[]")]
    public void Pace_that_is_malformed_or_out_of_range_refuses_the_subscription(string pace)
    {
        using var hub = Hub();
        var client = hub.Connect();

        Assert.Equal(Refused, Assert.Single(client.Say(Subscribe($$"""{"pace":{{pace}}}"""))));
        hub.Publish("news:a", "1");
        Assert.Empty(client.Received());
        Assert.Contains("\"code\":103", Asked(client), StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_names_the_range()
    {
        using var hub = Hub(options: static options => options.EnableDetailedErrors = true);

        Assert.Contains(
            "The delay of a pace in this namespace is 0 or from 10 ms to 1000 ms, not 9 ms.",
            Assert.Single(hub.Connect().Say(Subscribe("""{"pace":{"delay_ms":9}}"""))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"delay_ms":10}"""), InlineData("""{"delay_ms":1000}"""), InlineData("""{"delay_ms":0,"latest":true}"""), InlineData("null")]
    [InlineData("""{"latest":false,"more":[{}],"delay_ms":10}""")]
    public void Pace_within_the_range_and_the_absence_of_one_are_accepted(string pace)
    {
        using var hub = Hub();

        Assert.Contains("\"subscribe\"", Assert.Single(hub.Connect().Say(Subscribe($$"""{"more":{"pace":1},"pace":{{pace}}}"""))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1"), InlineData("[]"), InlineData("\"pace\""), InlineData("""{"Pace":1}"""), InlineData("""{"\ud800":1}""")]
    public void Data_without_a_pace_is_left_to_the_handler(string data)
    {
        using var hub = Hub();

        Assert.Contains("\"subscribe\"", Assert.Single(hub.Connect().Say(Subscribe(data))), StringComparison.Ordinal);
    }

    [Fact]
    public void Client_chooses_no_pace_where_the_namespace_does_not_allow_it()
    {
        using var hub = Hub(static ns => ns.AllowPace = false);
        var client = Subscribed(hub, """{"delay_ms":250,"latest":true}""");

        hub.Publish("news:a", "1");

        Assert.Equal(["1"], Values(client));
    }

    [Theory]
    [InlineData(250, 0), InlineData(0, 1)]
    public void Handler_sets_the_pace_in_place_of_the_clients(int delayMs, int atOnce)
    {
        using var hub = Hub(application: model => model.AddChannel("news:{name}").Subscribe = _ => new(
            SubscribeDecision.Allow() with { Overrides = new() { Pace = new(TimeSpan.FromMilliseconds(delayMs), LatestOnly: true) } }));
        var client = Subscribed(hub, """{"delay_ms":1000}""");

        hub.Publish("news:a", "1");
        Assert.Equal(atOnce, Values(client).Length);
        hub.Time.Advance(Delay);
        Assert.Equal(1 - atOnce, Values(client).Length);
    }

    [Theory]
    [InlineData(5, true), InlineData(250, false)]
    public void Handler_that_sets_a_pace_which_the_namespace_does_not_allow_refuses_the_subscription(int delayMs, bool isAllowed)
    {
        using var hub = Hub(
            ns => (ns.MaxPaceDelay, ns.AllowPace) = (isAllowed ? ns.MaxPaceDelay : null, isAllowed),
            application: model => model.AddChannel("news:{name}").Subscribe = _ => new(
                SubscribeDecision.Allow() with { Overrides = new() { Pace = new(TimeSpan.FromMilliseconds(delayMs)) } }));

        Assert.Equal(Refused, Assert.Single(hub.Connect().Say(Subscribe("1"))));
    }

    [Fact]
    public void Tokens_set_the_pace_of_subscriptions()
    {
        var overrides = new SubscriptionOverrides { Pace = new(Delay, LatestOnly: true) };
        var tokens = new FakeTokens();
        tokens.Connections["connection"] = new(TokenStatus.Valid, new ConnectionToken { User = "ann", Subscriptions = [new("news:a") { Overrides = overrides }] });
        tokens.Subscriptions["subscription"] = new(TokenStatus.Valid, new SubscriptionToken { User = "ann", Channel = "news:b", Overrides = overrides });
        using var hub = Hub(static ns => ns.AllowPace = false, tokens: tokens);
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"connection"}}""");
        client.Say("""{"id":2,"subscribe":{"channel":"news:b","token":"subscription"}}""");

        foreach (var channel in (string[])["news:a", "news:b"])
        {
            for (var i = 1; i <= 3; i++) hub.Publish(channel, $"{i}");
            Assert.Empty(client.Received());
            hub.Time.Advance(Delay);
            Assert.Equal(["3"], Values(client));
            Assert.Contains("\"skipped\":2,", Asked(client, channel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Server_sets_the_pace_of_a_subscription_and_reads_what_it_skipped()
    {
        using var hub = Hub();
        var client = hub.Connect();
        var subscribing = hub.Server.Clients.SubscribeAsync(
            ClientSelector.ForClient(client.Id),
            new ServerSubscription("news:a") { Overrides = new() { Pace = new(Delay, LatestOnly: true) } },
            cancellationToken: TestContext.Current.CancellationToken);
        client.Received();
        await subscribing;

        for (var i = 1; i <= 5; i++) hub.Publish("news:a", $"{i}");
        hub.Time.Advance(Delay);

        Assert.Equal(["5"], Values(client));
        var reading = client.Client.ReadSubscriptionAsync("news:a", TestContext.Current.CancellationToken);
        var missing = client.Client.ReadSubscriptionAsync("news:b", TestContext.Current.CancellationToken);
        hub.Shard.RunAll();
        Assert.Equal(new SubscriptionStatus("news:a", 4, new SubscriptionPace(Delay, LatestOnly: true)), await reading);
        Assert.Null(await missing);
    }

    [Fact]
    public void What_waits_is_sent_before_the_server_unsubscribes_and_dropped_when_the_client_leaves()
    {
        using var hub = Hub();
        var (removed, leaving, cut) = (Subscribed(hub, """{"delay_ms":250}"""), Subscribed(hub, """{"delay_ms":250}"""), Subscribed(hub, """{"delay_ms":250}"""));
        hub.Publish("news:a", "1");

        _ = hub.Server.Clients.UnsubscribeAsync(ClientSelector.ForClient(removed.Id), "news:a", cancellationToken: TestContext.Current.CancellationToken);
        var frames = removed.Received();
        Assert.Equal("1", ValueOf(frames[0]));
        Assert.Contains("unsubscribe", frames[1], StringComparison.Ordinal);
        Assert.Equal("""{"id":3,"unsubscribe":{}}""", Assert.Single(leaving.Say("""{"id":3,"unsubscribe":{"channel":"news:a"}}""")));
        cut.Cut();
        hub.Time.Advance(Delay);

        Assert.Empty(leaving.Received());
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Deltas_are_not_granted_to_a_subscription_with_a_pace()
    {
        using var hub = Hub(static ns =>
        {
            (ns.HistorySize, ns.HistoryTtl, ns.Recovery) = (10, TimeSpan.FromMinutes(5), true);
            ns.AllowDelta = ns.DeltaPublish = true;
        });

        foreach (var (delay, isGranted) in new[] { (0, true), (250, false) })
        {
            var reply = Assert.Single(hub.Connect().Say(
                $$$"""{"id":2,"subscribe":{"channel":"news:a","delta":"fossil","data":{"pace":{"delay_ms":{{{delay}}} }} }}"""));
            Assert.Equal(isGranted, reply.Contains("\"delta\":true", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Changes_of_a_map_are_sent_at_the_pace_of_the_subscription()
    {
        using var hub = Hub(static ns =>
        {
            ns.SubscriptionType = SubscriptionType.Map;
            ns.Map.KeyTtl = TimeSpan.FromMinutes(5);
        });
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a","type":1,"data":{"pace":{"delay_ms":250,"latest":true}}}}""");

        foreach (var (key, value) in new[] { ("a", 1), ("b", 2), ("a", 3) })
        {
            var publishing = hub.Server.Maps.PublishAsync(
                "news:a", key, JsonSerializer.SerializeToUtf8Bytes(value), cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(publishing.IsCompletedSuccessfully);
            hub.Shard.RunAll();
        }

        Assert.Empty(client.Received());
        hub.Time.Advance(Delay);
        Assert.Equal(["2", "3"], Values(client));
    }

    [Theory]
    [InlineData(SlowConsumerPolicy.Conflate), InlineData(SlowConsumerPolicy.DropOldest)]
    public void What_a_policy_drops_for_a_slow_client_is_counted_for_its_subscription(SlowConsumerPolicy policy)
    {
        using var hub = Hub(ns => ns.SlowConsumers = policy, static options => options.MaxQueuedBytes = 1000);
        var slow = Subscribed(hub, null);
        var fast = Subscribed(hub, null);
        slow.Transport.IsWritable = false;

        for (var i = 1; i <= 50; i++) hub.Publish("news:a", $"{i}");
        slow.Drain();

        var sent = Values(slow);
        Assert.Equal("50", sent[^1]);
        Assert.InRange(sent.Length, 1, 49);
        Assert.Contains($"\"skipped\":{50 - sent.Length}}}", Asked(slow), StringComparison.Ordinal);
        fast.Received();
        Assert.Contains("\"skipped\":0", Asked(fast), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_batches_of_a_namespace_supersede_is_counted_for_each_subscription()
    {
        using var hub = Hub(static ns => (ns.MaxBatchDelay, ns.BatchFlushLatest) = (Delay, true));
        var client = Subscribed(hub, """{"delay_ms":250,"latest":true}""");

        for (var batch = 0; batch < 2; batch++)
        {
            for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");
            hub.Time.Advance(TimeSpan.FromMilliseconds(250));
            hub.Shard.RunAll();
        }

        hub.Time.Advance(Delay);
        Assert.Equal(2, Values(client).Length);
        Assert.Contains("\"skipped\":4,", Asked(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("duplex.subscription", "1", 107), InlineData("duplex.subscription", "{}", 107), InlineData("duplex.subscription", """{"channel":1}""", 107)]
    [InlineData("duplex.subscription", """{"channel":"\ud800"}""", 107), InlineData("duplex.subscription", """{"channel":"news:b"}""", 103), InlineData("duplex.more", "{}", 104)]
    public void Methods_of_the_hub_refuse_what_they_cannot_answer(string method, string data, int code)
    {
        using var hub = Hub(application: static model => model.OtherCalls = static _ => new((object?)1));
        var client = hub.Connect();

        Assert.Contains($"\"code\":{code},", Assert.Single(client.Say($$$"""{"id":9,"rpc":{"method":"{{{method}}}","data":{{{data}}} }}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Application_maps_no_method_with_the_prefix_of_the_hub() =>
        Assert.Throws<ArgumentException>(static () => new ApplicationModel().AddCall("duplex.mine", static _ => new((object?)1)));

    [Fact]
    public void Bounds_that_contradict_each_other_are_faults_of_the_options()
    {
        Assert.Contains("MaxPaceDelay", Fault(static ns => ns.MaxPaceDelay = null), StringComparison.Ordinal);
        Assert.Contains("MaxPaceDelay", Fault(static ns => ns.MaxPaceDelay = TimeSpan.FromMilliseconds(9)), StringComparison.Ordinal);
        Assert.Contains("MaxPaceDelay", Fault(static ns => ns.SubscriptionType = SubscriptionType.SharedPoll), StringComparison.Ordinal);
    }

    private static string Fault(Action<NamespaceOptions> configure) => Assert.ThrowsAny<Exception>(() => Hub(configure).Dispose()).Message;

    private static TestHub Hub(
        Action<NamespaceOptions>? configure = null,
        Action<HubOptions>? options = null,
        Action<ApplicationModel>? application = null,
        ITokenVerifier? tokens = null) => new(
        hub =>
        {
            hub.PingInterval = null;
            options?.Invoke(hub);
        },
        ns =>
        {
            (ns.MaxPaceDelay, ns.AllowPace) = (TimeSpan.FromSeconds(1), true);
            configure?.Invoke(ns);
        },
        application,
        tokens);

    private static TestClient Subscribed(TestHub hub, string? pace)
    {
        var client = hub.Connect();
        var reply = client.Say(pace is null ? """{"id":2,"subscribe":{"channel":"news:a"}}""" : Subscribe($$"""{"pace":{{pace}}}"""));
        Assert.Contains("\"subscribe\"", Assert.Single(reply), StringComparison.Ordinal);
        return client;
    }

    private static string Subscribe(string data) => $$$"""{"id":2,"subscribe":{"channel":"news:a","data":{{{data}}} }}""";

    private static string Asked(TestClient client, string channel = "news:a") =>
        Assert.Single(client.Say($$$"""{"id":9,"rpc":{"method":"duplex.subscription","data":{"channel":"{{{channel}}}"} }}"""));

    private static string[] Values(TestClient client) => Array.ConvertAll(client.Received(), ValueOf);

    private static string ValueOf(string frame)
    {
        using var json = JsonDocument.Parse(frame);
        return json.RootElement.GetProperty("push").GetProperty("pub").GetProperty("data").GetRawText();
    }
}

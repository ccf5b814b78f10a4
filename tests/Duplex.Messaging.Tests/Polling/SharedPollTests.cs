using System.Text;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Polling;

public sealed class SharedPollTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<string[]> _questions = [];
    private readonly Dictionary<string, PolledItem> _items = [];
    private Func<ValueTask>? _delay;

    [Fact]
    public void Tracked_keys_come_with_the_reply_and_their_changes_as_pushes()
    {
        using var hub = Hub();
        Set("a", 1);
        Set("b", 1);
        var client = Subscribed(hub);

        Assert.Equal(
            ["""{"id":3,"sub_refresh":{"items":[{"data":{"v":1},"key":"a","version":1},{"data":{"v":1},"key":"b","version":1}]}}"""],
            client.Say(Track("a", "b")));
        Set("b", 2);
        Advance(hub);

        Assert.Equal(["""{"push":{"channel":"prices:x","pub":{"data":{"v":2},"key":"b","version":2}}}"""], client.Received());
        Advance(hub);
        Assert.Empty(client.Received());
    }

    [Fact]
    public void One_question_asks_for_the_keys_of_all_clients_and_tells_the_versions_known()
    {
        using var hub = Hub();
        Set("a", 5);
        var (first, second) = (Subscribed(hub), Subscribed(hub));
        first.Say(Track("a", "b"));
        second.Say(Track("a", "c"));
        Assert.Equal(["a=0 b=0", "c=0"], _questions.Select(static keys => string.Join(' ', keys)));
        _questions.Clear();

        Advance(hub);

        Assert.Equal(["a=5 b=0 c=0"], _questions.Select(static keys => string.Join(' ', keys)));
    }

    [Fact]
    public void Questions_are_no_larger_than_a_batch()
    {
        using var hub = Hub(static options => options.RefreshBatchSize = 2);
        Subscribed(hub).Say(Track("a", "b", "c"));

        Assert.Equal([2, 1], _questions.Select(static keys => keys.Length));
    }

    [Fact]
    public void Client_that_has_a_version_gets_only_what_is_newer()
    {
        using var hub = Hub();
        Set("a", 3);
        Set("b", 3);
        var client = Subscribed(hub);

        var reply = Assert.Single(client.Say("""{"id":3,"sub_refresh":{"channel":"prices:x","type":1,"track":[{"items":[{"key":"a","version":3},{"key":"b","version":2}]}]}}"""));

        Assert.DoesNotContain("\"key\":\"a\"", reply, StringComparison.Ordinal);
        Assert.Contains("\"key\":\"b\"", reply, StringComparison.Ordinal);
    }

    [Fact]
    public void Removed_key_is_told_once_and_tracked_no_longer()
    {
        using var hub = Hub();
        Set("a", 1);
        var client = Subscribed(hub);
        client.Say(Track("a"));
        _items["a"] = PolledItem.Removed("a");
        Advance(hub);

        Assert.Equal(["""{"push":{"channel":"prices:x","pub":{"key":"a","removed":true}}}"""], client.Received());
        _questions.Clear();
        Advance(hub);
        Assert.Empty(_questions);

        // Who tracks it anew hears that it is gone, or what it has become.
        Assert.Contains("\"removed\":true", Assert.Single(client.Say(Track("a"))), StringComparison.Ordinal);
        Set("a", 9);
        Assert.Contains("\"version\":9", Assert.Single(client.Say(Track("a"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":4,"sub_refresh":{"channel":"prices:x","type":2,"untrack":["a"]}}""")]
    [InlineData("""{"id":4,"unsubscribe":{"channel":"prices:x"}}""")]
    public void Key_that_nobody_tracks_is_asked_for_no_longer(string command)
    {
        using var hub = Hub();
        var client = Subscribed(hub);
        client.Say(Track("a"));

        Assert.Single(client.Say(command));
        _questions.Clear();
        Advance(hub);

        Assert.Empty(_questions);
    }

    [Fact]
    public void Keys_of_a_client_that_is_gone_stay_asked_for_while_another_tracks_them()
    {
        using var hub = Hub();
        var (first, second) = (Subscribed(hub), Subscribed(hub));
        first.Say(Track("a"));
        second.Say(Track("a"));

        first.Cut();
        _questions.Clear();
        Advance(hub);
        Assert.Single(_questions);

        second.Cut();
        _questions.Clear();
        Advance(hub);
        Assert.Empty(_questions);
    }

    [Fact]
    public void Versionless_items_are_compared_and_counted_here_and_the_reply_says_in_which_life()
    {
        using var hub = Hub(static options => options.IsVersioned = false);
        Set("a", 0, "1");
        var client = hub.Connect();
        Assert.Equal(
            """{"id":2,"subscribe":{"epoch":"E","type":4}}""",
            Frames.WithoutTime(Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"prices:x","type":4}}"""))));
        Assert.Contains("\"data\":1,\"key\":\"a\",\"version\":1", Assert.Single(client.Say(Track("a"))), StringComparison.Ordinal);

        Advance(hub);
        Assert.Empty(client.Received());
        Set("a", 0, "2");
        Advance(hub);

        Assert.Contains("\"data\":2,\"key\":\"a\",\"version\":2", Assert.Single(client.Received()), StringComparison.Ordinal);
    }

    [Fact]
    public void Signature_stands_for_one_list_of_keys_because_no_part_of_it_holds_what_joins_them()
    {
        using var hub = Hub();
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"prices:x","type":4}}""");
        var (now, end) = (hub.Time.GetUtcNow(), hub.Time.GetUtcNow() + TimeSpan.FromMinutes(1));

        Assert.Contains("\"code\":107", Assert.Single(client.Say("""{"id":3,"sub_refresh":{"channel":"prices:x","type":1,"track":[{"items":[{"key":"a\u0000b"}]}]}}""")), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PollSignature.Create("s", "ann", "prices:x", ["a\0b"], now, end));
        Assert.Throws<ArgumentException>(() => PollSignature.Create("s", "ann\0x", "prices:x", ["a"], now, end));
    }

    [Fact]
    public void Item_that_is_not_of_the_format_is_not_taken_and_the_others_are()
    {
        using var hub = Hub();
        _items["a"] = new PolledItem("a", new byte[] { 0xFF }, 1);
        Set("b", 1, "2");
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"prices:x","type":4}}""");

        var reply = Assert.Single(client.Say(Track("a", "b")));

        Assert.Contains("\"data\":2,\"key\":\"b\"", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("\"key\":\"a\"", reply, StringComparison.Ordinal);
        Assert.Null(client.CloseCode);
    }

    [Fact]
    public void Item_that_the_application_publishes_does_not_wait_to_be_asked_for()
    {
        using var hub = Hub();
        Set("a", 1);
        var client = Subscribed(hub);
        client.Say(Track("a"));

        foreach (var version in (ulong[])[3, 2]) Publish(hub, new PolledItem("a", Encoding.UTF8.GetBytes($"{version}"), version));
        Publish(hub, new PolledItem("unknown", "1"u8.ToArray(), 1));

        Assert.Contains("\"data\":3", Assert.Single(client.Received()), StringComparison.Ordinal);
    }

    [Fact]
    public void Delta_subscriber_gets_patches_against_the_value_of_each_key_that_it_has()
    {
        using var hub = Hub(namespaces: static ns => ns.AllowDelta = true);
        var text = new string('x', 200);
        Set("a", 1, $"\"{text}1\"");
        Set("b", 1, $"\"{text}b\"");
        var client = hub.Connect();
        Assert.Equal(["""{"id":2,"subscribe":{"delta":true,"type":4}}"""], client.Say("""{"id":2,"subscribe":{"channel":"prices:x","type":4,"delta":"fossil"}}"""));

        // With deltas every value is a string, the first ones of a reply whole.
        Assert.Contains("\"data\":\"\\\"xxx", Assert.Single(client.Say(Track("a", "b"))), StringComparison.Ordinal);
        List<bool> patches = [];
        foreach (var version in (ulong[])[2, 3])
        {
            Set("a", version, $"\"{text}{version}\"");
            Advance(hub);
            patches.Add(IsPatch(Assert.Single(client.Received())));
        }

        // The client says it has another version, so what it was sent last is no base.
        client.Say("""{"id":4,"sub_refresh":{"channel":"prices:x","type":1,"track":[{"items":[{"key":"a","version":4}]}]}}""");
        foreach (var version in (ulong[])[5, 6])
        {
            Set("a", version, $"\"{text}{version}\"");
            Advance(hub);
            patches.Add(IsPatch(Assert.Single(client.Received())));
        }

        Assert.Equal([true, true, false, true], patches);
    }

    [Fact]
    public void Key_that_is_tracked_anew_starts_with_a_whole_value()
    {
        using var hub = Hub(namespaces: static ns => ns.AllowDelta = true);
        var (client, other) = (hub.Connect(), hub.Connect());
        foreach (var each in (TestClient[])[client, other]) each.Say("""{"id":2,"subscribe":{"channel":"prices:x","type":4,"delta":"fossil"}}""");
        var text = new string('x', 200);
        Set("a", 1, $"\"{text}1\"");
        client.Say(Track("a"));
        other.Say(Track("a"));
        client.Say("""{"id":4,"sub_refresh":{"channel":"prices:x","type":2,"untrack":["a"]}}""");
        client.Say("""{"id":5,"sub_refresh":{"channel":"prices:x","type":1,"track":[{"items":[{"key":"a","version":1}]}]}}""");

        Set("a", 2, $"\"{text}2\"");
        Advance(hub);

        Assert.False(IsPatch(Assert.Single(client.Received())));
        Assert.True(IsPatch(Assert.Single(other.Received())));
    }

    [Fact]
    public void Reply_waits_for_an_answer_under_way_and_brings_it_once()
    {
        var gate = new TaskCompletionSource();
        _delay = () => new ValueTask(gate.Task);
        using var hub = Hub();
        Set("a", 1);
        var client = Subscribed(hub);

        Assert.Empty(client.Say(Track("a")));
        gate.SetResult();

        Assert.Equal(["""{"id":3,"sub_refresh":{"items":[{"data":{"v":1},"key":"a","version":1}]}}"""], client.Received());
    }

    [Fact]
    public void Application_that_fails_leaves_the_keys_tracked_and_is_asked_again()
    {
        _delay = static () => throw new InvalidOperationException("not now");
        using var hub = Hub();
        Set("a", 1);
        var client = Subscribed(hub);
        Assert.Equal(["""{"id":3,"sub_refresh":{}}"""], client.Say(Track("a")));

        _delay = null;
        Advance(hub);

        Assert.Contains("\"key\":\"a\"", Assert.Single(client.Received()), StringComparison.Ordinal);
    }

    [Fact]
    public void Signature_lets_the_user_track_its_keys_and_the_first_end_of_several_is_told()
    {
        using var hub = Hub(static options => (options.HmacSecretKey, options.AllowUnsignedKeys) = ("secret", false));
        var client = Subscribed(hub);
        var (a, b) = (Sign("secret", ["a"], 60), Sign("secret", ["b", "c"], 30));

        var reply = Assert.Single(client.Say(
            "{\"id\":3,\"sub_refresh\":{\"channel\":\"prices:x\",\"type\":1,\"track\":[{\"signature\":\"" + a + "\",\"items\":[{\"key\":\"a\"}]},{\"signature\":\"" + b + "\",\"items\":[{\"key\":\"b\"},{\"key\":\"c\"}]}]}}"));

        Assert.Equal("""{"id":3,"sub_refresh":{"expires":true,"ttl":30}}""", reply);
    }

    [Theory]
    [InlineData("", 103)]
    [InlineData("nonsense", 103)]
    [InlineData("1:2:zz", 103)]
    [InlineData("other key", 103)]
    [InlineData("other keys", 103)]
    [InlineData("past its grace", 109)]
    [InlineData("in its grace", 0)]
    public void Signature_that_is_not_right_is_refused_and_changes_nothing(string kind, int code)
    {
        using var hub = Hub(static options => (options.HmacSecretKey, options.AllowUnsignedKeys) = ("secret", false));
        var client = Subscribed(hub);
        var signature = kind switch
        {
            "other key" => Sign("another", ["a"], 60),
            "other keys" => Sign("secret", ["b"], 60),
            "past its grace" => Sign("secret", ["a"], -5),
            "in its grace" => Sign("secret", ["a"], -4),
            _ => kind,
        };

        var reply = Assert.Single(client.Say(Track(signature, ["a"])));

        Assert.Equal(code != 0, reply.Contains($"\"code\":{code}", StringComparison.Ordinal));
        Assert.Equal(code == 0, _questions.Count > 0);
    }

    [Fact]
    public void Key_whose_signature_has_expired_is_dropped_in_silence()
    {
        using var hub = Hub(static options => (options.HmacSecretKey, options.AllowUnsignedKeys) = ("secret", false));
        Set("a", 1);
        var client = Subscribed(hub);
        client.Say(Track(Sign("secret", ["a"], 20), ["a"]));

        hub.Wait(TimeSpan.FromSeconds(60));
        Set("a", 2);
        _questions.Clear();
        hub.Wait(TimeSpan.FromSeconds(20));

        Assert.Empty(client.Received());
        Assert.Empty(_questions);
    }

    [Fact]
    public void Keys_beyond_the_limit_of_the_connection_are_refused_with_106()
    {
        using var hub = Hub(static options => options.MaxKeysPerConnection = 2);
        var client = Subscribed(hub);
        client.Say(Track("a", "b"));

        Assert.Contains("\"code\":106", Assert.Single(client.Say(Track("c"))), StringComparison.Ordinal);
        Assert.DoesNotContain("error", Assert.Single(client.Say(Track("b", "a"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"channel":"prices:x","type":1}""", 107)]
    [InlineData("""{"channel":"prices:x","type":1,"track":[{"items":[]}]}""", 107)]
    [InlineData("""{"channel":"prices:x","type":1,"track":[{"items":[{"key":""}]}]}""", 107)]
    [InlineData("""{"channel":"prices:x","type":9}""", 107)]
    [InlineData("""{"channel":"prices:y","type":1,"track":[{"items":[{"key":"a"}]}]}""", 103)]
    [InlineData("""{"channel":"news:a","type":1,"track":[{"items":[{"key":"a"}]}]}""", 108)]
    [InlineData("""{"channel":"news:a","type":2,"untrack":["a"]}""", 108)]
    public void Track_command_that_makes_no_sense_is_refused(string command, int code)
    {
        using var hub = Hub();
        var client = Subscribed(hub);
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        Assert.Contains($"\"code\":{code}", Assert.Single(client.Say("{\"id\":3,\"sub_refresh\":" + command + "}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"channel":"prices:x"}""", 103)]
    [InlineData("""{"channel":"news:a","type":4}""", 103)]
    [InlineData("""{"channel":"silent:x","type":4}""", 108)]
    public void Subscription_of_another_type_is_refused_with_103_and_one_nobody_answers_for_with_108(string command, int code)
    {
        using var hub = Hub();

        Assert.Contains($"\"code\":{code}", Assert.Single(hub.Connect().Say("{\"id\":2,\"subscribe\":" + command + "}")), StringComparison.Ordinal);
    }

    private static TestClient Subscribed(TestHub hub)
    {
        var client = hub.Connect();
        Assert.Equal(["""{"id":2,"subscribe":{"type":4}}"""], client.Say("""{"id":2,"subscribe":{"channel":"prices:x","type":4}}"""));
        return client;
    }

    private static string Track(params string[] keys) => Track("", keys);

    private static string Track(string signature, string[] keys) =>
        "{\"id\":3,\"sub_refresh\":{\"channel\":\"prices:x\",\"type\":1,\"track\":[{\"signature\":\"" + signature + "\",\"items\":["
        + string.Join(",", keys.Select(static key => "{\"key\":\"" + key + "\"}")) + "]}]}}";

    private static string Sign(string secret, string[] keys, int seconds) =>
        PollSignature.Create(secret, "", "prices:x", keys, Start, Start.AddSeconds(seconds));

    private static void Advance(TestHub hub)
    {
        hub.Time.Advance(TimeSpan.FromSeconds(10));
        hub.Shard.RunAll();
    }

    private static bool IsPatch(string frame) => frame.Contains("\"delta\":true", StringComparison.Ordinal);

    private static void Publish(TestHub hub, PolledItem item)
    {
        Assert.True(hub.Server.Polls.PublishAsync("prices:x", item, TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully);
        hub.Shard.RunAll();
    }

    private void Set(string key, ulong version, string? json = null) =>
        _items[key] = new PolledItem(key, Encoding.UTF8.GetBytes(json ?? $"{{\"v\":{version}}}"), version);

    private TestHub Hub(Action<PollOptions>? configure = null, Action<NamespaceOptions>? namespaces = null) => new(
        options =>
        {
            options.PingInterval = null;
            options.Namespaces["prices"] = Polled(configure);
            namespaces?.Invoke(options.Namespaces["prices"]);
            options.Namespaces["silent"] = Polled(configure);
        },
        application: model => model.AddChannel("prices:{market}").Poll = AnswerAsync);

    private static NamespaceOptions Polled(Action<PollOptions>? configure)
    {
        var options = new NamespaceOptions { SubscriptionType = SubscriptionType.SharedPoll, AllowSubscribe = true, AllowSubscribeForAnonymous = true };
        options.SharedPoll.AllowUnsignedKeys = options.SharedPoll.IsVersioned = true;
        configure?.Invoke(options.SharedPoll);
        return options;
    }

    private async ValueTask<IReadOnlyList<PolledItem>> AnswerAsync(PollContext context)
    {
        _questions.Add([.. context.Keys.Select(static key => $"{key.Key}={key.Version}")]);
        if (_delay is { } delay) await delay();
        return [.. context.Keys.Where(key => _items.ContainsKey(key.Key)).Select(key => _items[key.Key])];
    }
}

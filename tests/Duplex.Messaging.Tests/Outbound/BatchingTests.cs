using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Outbound;

public sealed class BatchingTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Publications_wait_for_the_delay_and_leave_together_in_order()
    {
        using var hub = Hub();
        var client = Subscribed(hub);

        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");
        hub.Time.Advance(Delay - TimeSpan.FromMilliseconds(1));
        Assert.Empty(client.Received());
        hub.Time.Advance(TimeSpan.FromMilliseconds(1));

        // One item of the shard's work sends all three: what a turn sends leaves in one write.
        Assert.Equal(1, hub.Shard.Pending);
        Assert.Equal([Pub(1), Pub(2), Pub(3)], Frames.WithoutTime(client.Received()));
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Full_batch_leaves_before_its_delay_and_the_next_one_waits_its_own()
    {
        using var hub = Hub(static ns => ns.MaxBatchSize = 2);
        var client = Subscribed(hub);

        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");

        Assert.Equal([Pub(1), Pub(2)], Frames.WithoutTime(client.Received()));
        hub.Time.Advance(Delay);
        Assert.Equal([Pub(3)], Frames.WithoutTime(client.Received()));
    }

    [Fact]
    public void Batch_leaves_when_its_bytes_fill_a_send()
    {
        using var hub = Hub();
        var client = Subscribed(hub);

        hub.Publish("news:a", "\"" + new string('x', 70_000) + "\"");

        Assert.Single(client.Received());
    }

    [Fact]
    public void Subscriber_that_comes_while_a_batch_waits_gets_no_publication_twice_and_none_from_before()
    {
        using var hub = Hub(static ns => (ns.HistorySize, ns.Recovery) = (null, false));
        var first = Subscribed(hub);
        hub.Publish("news:a", "1");

        var second = Subscribed(hub);
        hub.Publish("news:a", "2");
        hub.Time.Advance(Delay);

        Assert.Equal([PubWithoutOffset(1), PubWithoutOffset(2)], Frames.WithoutTime(first.Received()));
        Assert.Equal([PubWithoutOffset(2)], Frames.WithoutTime(second.Received()));
    }

    [Fact]
    public void Latest_publication_alone_leaves_and_the_position_moves_over_those_before_it()
    {
        using var hub = Hub(static ns => ns.BatchFlushLatest = true);
        var client = Subscribed(hub);

        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");
        hub.Time.Advance(Delay);
        Assert.Equal([Pub(3)], Frames.WithoutTime(client.Received()));
        for (var i = 4; i <= 5; i++) hub.Publish("news:a", $"{i}");
        hub.Time.Advance(Delay);
        Assert.Equal([Pub(5)], Frames.WithoutTime(client.Received()));

        // Neither a hole nor a lag is found on the live connection.
        hub.Wait(TimeSpan.FromSeconds(90));
        Assert.DoesNotContain(client.Received(), static frame => frame.Contains("unsubscribe", StringComparison.Ordinal));
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Latest_publication_of_each_key_leaves_in_the_order_of_the_stream()
    {
        using var hub = Hub(static ns => ns.BatchFlushLatest = true);
        var client = Subscribed(hub);

        foreach (var (key, value) in new[] { ("a", 1), ("b", 2), ("a", 3), ("c", 4), ("b", 5) })
        {
            hub.Publish("news:a", $"{value}", new PublishOptions { Key = key });
        }

        hub.Time.Advance(Delay);

        Assert.Equal(["a3", "c4", "b5"], client.Received().Select(static frame => After(frame, "\"key\":\"") + After(frame, "\"offset\":")));
        hub.Publish("news:a", "6");
        hub.Time.Advance(Delay);
        Assert.Equal([Pub(6)], Frames.WithoutTime(client.Received()));
    }

    [Fact]
    public void Publication_outside_the_stream_takes_no_place_of_one_inside_it()
    {
        using var hub = Hub(static ns => ns.BatchFlushLatest = true);
        var client = Subscribed(hub);

        hub.Publish("news:a", "1");
        hub.Publish("news:a", "9", new PublishOptions { SkipHistory = true });
        hub.Publish("news:a", "2");
        hub.Time.Advance(Delay);

        Assert.Equal([PubWithoutOffset(9), Pub(2)], Frames.WithoutTime(client.Received()));
        hub.Publish("news:a", "3");
        hub.Time.Advance(Delay);
        Assert.Equal([Pub(3)], Frames.WithoutTime(client.Received()));
    }

    [Fact]
    public void Subscriber_in_the_making_gets_the_latest_once_its_reply_is_written()
    {
        var gate = new TaskCompletionSource<SubscribeDecision>();
        using var hub = Hub(static ns => ns.BatchFlushLatest = true, model => model.AddChannel("news:{name}").Subscribe = _ => new(gate.Task));
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");
        hub.Time.Advance(Delay);
        hub.Shard.RunAll();

        gate.SetResult(true);

        var frames = Frames.WithoutTime(client.Received());
        Assert.StartsWith("{\"id\":2,\"subscribe\"", frames[0], StringComparison.Ordinal);
        Assert.Equal([Pub(3)], frames[1..]);
    }

    [Fact]
    public void Delta_subscriber_gets_the_latest_whole_when_it_lacks_the_one_before()
    {
        using var hub = Hub(static ns => ns.BatchFlushLatest = ns.AllowDelta = ns.DeltaPublish = true);
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a","delta":"fossil"}}""");
        var text = new string('x', 200);

        foreach (var count in (int[])[1, 1, 2])
        {
            for (var i = 0; i < count; i++) hub.Publish("news:a", $"\"{text}{i}\"");
            hub.Time.Advance(Delay);
            hub.Shard.RunAll();
        }

        Assert.Equal([false, true, false], client.Received().Select(static frame => frame.Contains("\"delta\":true", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("news:a")]
    [InlineData(null)]
    public void Subscriber_whom_the_server_takes_out_gets_what_waits_before_it_is_told(string? channel)
    {
        using var hub = Hub();
        var (client, other) = (Subscribed(hub), Subscribed(hub));
        hub.Publish("news:a", "1");

        var selected = ClientSelector.ForClient(client.Id);
        var unsubscribing = channel is null
            ? hub.Server.Clients.UnsubscribeFromAllAsync(selected)
            : hub.Server.Clients.UnsubscribeAsync(selected, channel);
        hub.Shard.RunAll();

        Assert.True(unsubscribing.IsCompletedSuccessfully);
        Assert.Equal(
            [Pub(1), """{"push":{"channel":"news:a","unsubscribe":{"code":2000,"reason":"server unsubscribe"}}}"""],
            Frames.WithoutTime(client.Received()));
        Assert.Equal([Pub(1)], Frames.WithoutTime(other.Received()));
        hub.Publish("news:a", "2");
        hub.Time.Advance(Delay);
        Assert.Empty(client.Received());
        Assert.Equal([Pub(2)], Frames.WithoutTime(other.Received()));
    }

    [Fact]
    public void Server_that_takes_a_subscriber_out_in_the_middle_of_a_batch_keeps_the_order_for_the_others()
    {
        using var hub = Hub(options: static options => options.MaxQueuedBytes = 100);
        var (other, client) = (Subscribed(hub), Subscribed(hub));
        using var registration = client.Client.Disconnected.Register(() => _ = hub.Server.Clients.UnsubscribeAsync(ClientSelector.ForClient(other.Id), "news:a"));
        var third = Subscribed(hub);
        client.Transport.IsWritable = third.Transport.IsWritable = false;
        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");

        // Of the second publication two clients have no room: the first of them takes another one out.
        hub.Time.Advance(Delay);
        hub.Shard.RunAll();

        Assert.All((TestClient[])[third, client], static each => Assert.Equal<ushort?>(3008, each.CloseCode));
        Assert.Equal(
            [Pub(1), """{"push":{"channel":"news:a","unsubscribe":{"code":2000,"reason":"server unsubscribe"}}}"""],
            Frames.WithoutTime(other.Received()));
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Batch_whose_subscribers_have_gone_is_released()
    {
        using var hub = Hub();
        var client = Subscribed(hub);
        hub.Publish("news:a", "1");

        client.Cut();
        hub.Time.Advance(Delay);
        hub.Shard.RunAll();

        Assert.Empty(client.Received());
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Size_without_a_delay_is_refused_at_the_start() =>
        Assert.Throws<ArgumentException>(static () => Hub(static ns => (ns.MaxBatchDelay, ns.MaxBatchSize) = (null, 5)));

    [Fact]
    public void Latest_only_is_refused_for_maps_with_deltas() => Assert.Throws<ArgumentException>(static () => Hub(static ns =>
    {
        ns.SubscriptionType = SubscriptionType.Map;
        ns.Recovery = false;
        ns.Map.KeyTtl = TimeSpan.FromHours(1);
        ns.BatchFlushLatest = ns.AllowDelta = true;
    }));

    private static TestHub Hub(
        Action<NamespaceOptions>? news = null, Action<Messaging.Application.ApplicationModel>? application = null, Action<Messaging.HubOptions>? options = null) => new(
        hub =>
        {
            hub.PingInterval = null;
            options?.Invoke(hub);
        },
        ns =>
        {
            (ns.HistorySize, ns.HistoryTtl, ns.Recovery, ns.MaxBatchDelay) = (10, TimeSpan.FromHours(1), true, Delay);
            news?.Invoke(ns);
        },
        application);

    private static TestClient Subscribed(TestHub hub)
    {
        var client = hub.Connect();
        Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}"""));
        return client;
    }

    private static string After(string frame, string name) => frame.Split(name)[1][..1];

    private static string Pub(int value) =>
        "{\"push\":{\"channel\":\"news:a\",\"pub\":{\"data\":" + value + ",\"offset\":" + value + (value == 1 ? ",\"epoch\":\"E\"" : "") + "}}}";

    private static string PubWithoutOffset(int value) => "{\"push\":{\"channel\":\"news:a\",\"pub\":{\"data\":" + value + "}}}";
}

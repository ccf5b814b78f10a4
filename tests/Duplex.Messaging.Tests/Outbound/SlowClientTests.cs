using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Outbound;

public sealed class SlowClientTests
{
    [Fact]
    public void Slow_client_gets_all_that_fits_once_it_reads_again()
    {
        using var hub = Hub(SlowConsumerPolicy.Disconnect);
        var client = Stalled(hub);

        hub.Publish("news:a", "1");
        hub.Publish("news:a", "2");
        Assert.Equal([], client.Received());
        client.Drain();

        Assert.Equal([Pub("1"), Pub("2")], Frames.WithoutTime(client.Received()));
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Slow_client_is_disconnected_with_3008_when_its_queue_is_full()
    {
        using var hub = Hub(SlowConsumerPolicy.Disconnect);
        var client = Stalled(hub);

        for (var i = 0; i < 20; i++) hub.Publish("news:a", "1");

        Assert.Equal<ushort?>(3008, client.CloseCode);
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Conflating_channel_keeps_the_latest_publication_of_each_key()
    {
        using var hub = Hub(SlowConsumerPolicy.Conflate);
        var client = Stalled(hub);

        for (var i = 1; i <= 50; i++) hub.Publish("news:a", $"{i}", new PublishOptions { Key = i % 2 == 0 ? "even" : "odd" });
        client.Drain();

        Assert.Equal([Pub("49", "odd"), Pub("50", "even")], Frames.WithoutTime(client.Received()));
        Assert.Null(client.CloseCode);
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Key_that_changes_all_the_time_keeps_its_turn()
    {
        using var hub = Hub(SlowConsumerPolicy.Conflate);
        var client = Stalled(hub);

        hub.Publish("news:a", "0", new PublishOptions { Key = "busy" });
        hub.Publish("news:a", "1", new PublishOptions { Key = "quiet" });
        for (var i = 2; i <= 50; i++) hub.Publish("news:a", $"{i}", new PublishOptions { Key = "busy" });
        client.Drain();

        Assert.Equal([Pub("50", "busy"), Pub("1", "quiet")], Frames.WithoutTime(client.Received()));
    }

    [Fact]
    public void Offsets_ascend_in_a_conflating_channel_with_history()
    {
        using var hub = new TestHub(
            static options => options.PingInterval = null,
            static ns =>
            {
                ns.SlowConsumers = SlowConsumerPolicy.Conflate;
                (ns.HistorySize, ns.HistoryTtl) = (10, TimeSpan.FromMinutes(1));
            });
        var client = Stalled(hub);

        foreach (var key in (string[])["busy", "quiet", "busy"]) hub.Publish("news:a", "0", new PublishOptions { Key = key });
        client.Drain();

        Assert.Equal(["2", "3"], client.Received().Select(static text => Regex.Match(text, "\"offset\":(\\d+)").Groups[1].Value));
    }

    [Theory]
    [InlineData(SlowConsumerPolicy.Disconnect, false), InlineData(SlowConsumerPolicy.Conflate, true), InlineData(SlowConsumerPolicy.DropOldest, true)]
    public void Publications_that_may_be_skipped_wait_while_others_are_in_transit(SlowConsumerPolicy policy, bool waits)
    {
        using var hub = Hub(policy);
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        client.Transport.IsCaughtUp = false;

        for (var i = 1; i <= 50; i++) hub.Publish("news:a", $"{i}");
        client.Send("""{"id":9,"unsubscribe":{"channel":"news:b"}}""");
        Assert.Equal(waits ? 0 : 51, client.Received().Length);
        client.Transport.IsCaughtUp = true;
        client.Drain();
        var rest = Frames.WithoutTime(client.Received());
        Assert.Equal(waits, rest.Contains(Pub("50")));
        Assert.InRange(rest.Length, waits ? 2 : 0, waits ? 20 : 0);
        Assert.Null(client.CloseCode);
    }

    [Fact]
    public void Dropping_channel_keeps_the_newest_publications()
    {
        using var hub = Hub(SlowConsumerPolicy.DropOldest);
        var client = Stalled(hub);

        for (var i = 1; i <= 50; i++) hub.Publish("news:a", $"{i}");
        client.Drain();

        var got = Frames.WithoutTime(client.Received());
        Assert.Equal(Pub("50"), got[^1]);
        Assert.InRange(got.Length, 2, 20);
        Assert.Null(client.CloseCode);
        Assert.Equal(1, hub.Framing.Alive);
    }

    [Fact]
    public void Drops_and_disconnects_are_counted_and_what_is_queued_ends_at_zero()
    {
        Dictionary<string, long> sums = [];
        using var listener = new MeterListener();
        var meters = new TestMeters();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter, meters.Meter)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value);
        listener.Start();
        using var hub = Hub(SlowConsumerPolicy.Conflate, meters);
        var client = Stalled(hub);

        for (var i = 0; i < 10; i++) hub.Publish("news:a", "1");
        Assert.True(sums["duplex.hub.queue.size"] > 0);
        client.Drain();
        client.Cut();

        Assert.Equal(9, sums["duplex.hub.dropped_publications"]);
        Assert.Equal(10, sums["duplex.hub.publications"]);
        Assert.Equal(1, sums["duplex.hub.ended_clients"]);
        Assert.Equal(0, sums["duplex.hub.queue.size"]);
    }

    [Fact]
    public void Replies_have_room_of_their_own_beside_a_full_queue()
    {
        using var hub = Hub(SlowConsumerPolicy.DropOldest);
        var client = Stalled(hub);
        for (var i = 1; i <= 50; i++) hub.Publish("news:a", $"{i}");

        client.Send("""{"id":9,"unsubscribe":{"channel":"news:b"}}""");
        client.Drain();

        Assert.Equal("""{"id":9,"unsubscribe":{}}""", client.Received()[^1]);
    }

    [Fact]
    public void Slow_client_does_not_hold_up_the_others()
    {
        using var hub = Hub(SlowConsumerPolicy.Disconnect);
        var slow = Stalled(hub);
        var other = hub.Connect();
        other.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        for (var i = 0; i < 100; i++) hub.Publish("news:a", "1");

        Assert.Equal(100, other.Received().Length);
        Assert.Equal<ushort?>(3008, slow.CloseCode);
    }

    private static TestHub Hub(SlowConsumerPolicy policy, IMeterFactory? meters = null) => new(
        static options =>
        {
            options.MaxQueuedBytes = 1000;
            options.PingInterval = null;
        },
        ns => ns.SlowConsumers = policy,
        meters: meters);

    private static TestClient Stalled(TestHub hub)
    {
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        client.Transport.IsWritable = false;
        return client;
    }

    private static string Pub(string json, string? key = null) =>
        "{\"push\":{\"channel\":\"news:a\",\"pub\":{\"data\":" + json + (key is null ? "" : ",\"key\":\"" + key + "\"") + "}}}";
}

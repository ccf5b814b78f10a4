using Duplex.Messaging.Channels;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Recovery;

public sealed class RecoveryTests
{
    [Fact]
    public void Returning_client_gets_what_it_missed_and_the_offset_it_asked_from()
    {
        using var hub = WithRecovery();
        var epoch = EpochOf(hub);
        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");
        var client = hub.Connect();

        var reply = Recover(client, 1, epoch);

        Assert.Equal(
            """{"id":2,"subscribe":{"recoverable":true,"epoch":"E","publications":[{"data":2,"offset":2},{"data":3,"offset":3}],"recovered":true,"offset":1,"positioned":true,"was_recovering":true}}""",
            reply);
        hub.Publish("news:a", "4");
        Assert.Equal(["""{"push":{"channel":"news:a","pub":{"data":4,"offset":4}}}"""], Frames.WithoutTime(client.Received()));
    }

    [Theory]
    [InlineData(0, "wrong")]
    [InlineData(0, "_")]
    [InlineData(9, null)]
    public void Client_whose_position_is_gone_is_told_so_and_gets_the_top(ulong offset, string? epoch)
    {
        using var hub = WithRecovery();
        var current = EpochOf(hub);
        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");
        var client = hub.Connect();

        Assert.Equal(
            """{"id":2,"subscribe":{"recoverable":true,"epoch":"E","offset":3,"positioned":true,"was_recovering":true}}""",
            Recover(client, offset, epoch ?? current));
    }

    [Fact]
    public void Client_that_missed_more_than_history_keeps_is_not_recovered()
    {
        using var hub = WithRecovery(ns => ns.HistorySize = 2);
        var epoch = EpochOf(hub);
        for (var i = 1; i <= 4; i++) hub.Publish("news:a", $"{i}");
        var client = hub.Connect();

        Assert.DoesNotContain("recovered\":true", Recover(client, 1, epoch), StringComparison.Ordinal);
    }

    [Fact]
    public void Client_that_rejects_unrecovered_subscriptions_gets_112()
    {
        using var hub = WithRecovery();
        var client = hub.Connect();

        var reply = client.Say("""{"id":2,"subscribe":{"channel":"news:a","recover":true,"epoch":"wrong","flag":2}}""");

        Assert.Contains("\"code\":112", Assert.Single(reply), StringComparison.Ordinal);
    }

    [Fact]
    public void Cache_mode_gives_the_latest_publication_only()
    {
        using var hub = WithRecovery(ns =>
        {
            ns.RecoveryMode = RecoveryMode.Cache;
            ns.AutoCacheRecover = true;
        });
        for (var i = 1; i <= 3; i++) hub.Publish("news:a", $"{i}");
        var client = hub.Connect();

        var reply = Frames.WithoutTime(Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""")));

        Assert.Contains("\"publications\":[{\"data\":3,\"offset\":3}],\"recovered\":true,\"offset\":3", reply, StringComparison.Ordinal);
    }

    [Fact]
    public void First_publication_of_a_stream_carries_the_epoch()
    {
        using var hub = WithRecovery();
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        hub.Publish("news:a", "1");

        Assert.Contains("\"epoch\":\"", Assert.Single(client.Received()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscriber_whose_stream_starts_over_is_unsubscribed_with_2500()
    {
        using var hub = WithRecovery();
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        hub.Publish("news:a", "1");
        client.Received();

        await hub.Broker.RemoveHistoryAsync("news:a");
        hub.Publish("news:a", "2");

        Assert.Equal(
            ["""{"push":{"channel":"news:a","unsubscribe":{"code":2500,"reason":"insufficient state"}}}"""],
            client.Received());
    }

    [Fact]
    public async Task Position_check_finds_a_stream_that_went_on_without_the_subscriber()
    {
        using var hub = WithRecovery();
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        hub.Publish("news:a", "1");
        client.Received();

        await hub.Broker.RemoveHistoryAsync("news:a");
        List<string> frames = [];
        for (var second = 0; second < 82; second++)
        {
            hub.Wait(TimeSpan.FromSeconds(1));
            frames.AddRange(client.Transport.Take());
            if (frames.Remove("{}")) client.Send("{}");
        }

        Assert.Equal(["""{"push":{"channel":"news:a","unsubscribe":{"code":2500,"reason":"insufficient state"}}}"""], frames);
    }

    private static TestHub WithRecovery(Action<NamespaceOptions>? more = null) => new(news: ns =>
    {
        ns.HistorySize = 100;
        ns.HistoryTtl = TimeSpan.FromHours(1);
        ns.Recovery = true;
        more?.Invoke(ns);
    });

    private static string EpochOf(TestHub hub)
    {
        var client = hub.Connect();
        return Frames.EpochOf(Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""")));
    }

    private static string Recover(TestClient client, ulong offset, string epoch) => Frames.WithoutTime(Assert.Single(client.Say(
        "{\"id\":2,\"subscribe\":{\"channel\":\"news:a\",\"recover\":true,\"offset\":" + offset + ",\"epoch\":\"" + epoch + "\"}}")));
}

using Duplex.Messaging.Application;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Subscriptions;

/// <summary>Subscribers on live connections to whom a publication did not get through.</summary>
public sealed class PositionTests
{
    private const string Unsubscribed = """{"push":{"channel":"news:a","unsubscribe":{"code":2500,"reason":"insufficient state"}}}""";

    [Fact]
    public void Hole_in_what_arrives_ends_the_subscription_with_2500_and_the_client_recovers_what_it_missed()
    {
        using var hub = Hub(out var broker);
        var client = hub.Connect();
        var epoch = Frames.EpochOf(Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""")));
        hub.Publish("news:a", "1");
        client.Received();

        Lose(hub, broker, "2");
        hub.Publish("news:a", "3");

        Assert.Equal([Unsubscribed], client.Received());
        var again = Assert.Single(client.Say("{\"id\":3,\"subscribe\":{\"channel\":\"news:a\",\"recover\":true,\"offset\":1,\"epoch\":\"" + epoch + "\"}}"));
        Assert.Contains("\"publications\":[{\"data\":2,\"offset\":2},{\"data\":3,\"offset\":3}],\"recovered\":true", Frames.WithoutTime(again), StringComparison.Ordinal);
    }

    [Fact]
    public void Loss_that_nothing_follows_is_found_by_the_check()
    {
        using var hub = Hub(out var broker);
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        Lose(hub, broker, "1");
        hub.Wait(TimeSpan.FromSeconds(39));
        Assert.Empty(client.Received());
        hub.Wait(TimeSpan.FromSeconds(3));

        Assert.Equal([Unsubscribed], client.Received());
    }

    [Fact]
    public void Subscriber_that_lost_nothing_stays()
    {
        using var hub = Hub(out _);
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        for (var i = 0; i < 10; i++)
        {
            hub.Publish("news:a", $"{i}");
            hub.Wait(TimeSpan.FromSeconds(17));
        }

        Assert.Equal(10, client.Received().Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Server_side_subscription_that_lost_something_ends_the_connection_with_3010(bool isFollowed)
    {
        using var hub = Hub(out var broker, static model => model.Connect = static _ => new(ConnectDecision.Allow() with { Subscriptions = ["news:a"] }));
        var client = hub.Connect();

        Lose(hub, broker, "1");
        if (isFollowed) hub.Publish("news:a", "2");
        else hub.Wait(TimeSpan.FromSeconds(42));

        Assert.Equal<ushort?>(3010, client.CloseCode);
    }

    [Fact]
    public void Server_side_subscription_recovers_from_the_position_in_the_connect_command()
    {
        using var hub = Hub(out _, static model => model.Connect = static _ => new(ConnectDecision.Allow() with { Subscriptions = ["news:a"] }));
        var epoch = Frames.EpochOf(Assert.Single(hub.Open().Say("""{"id":1,"connect":{}}""")));
        foreach (var value in (string[])["1", "2"]) hub.Publish("news:a", value);

        var reply = Frames.WithoutTime(Assert.Single(hub.Open().Say(
            "{\"id\":1,\"connect\":{\"subs\":{\"news:a\":{\"recover\":true,\"offset\":1,\"epoch\":\"" + epoch + "\"}}}}")));

        Assert.Contains("\"publications\":[{\"data\":2,\"offset\":2}],\"recovered\":true,\"offset\":1,\"positioned\":true,\"was_recovering\":true", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"positioned\":true", "\"positioned\":true", "recoverable")]
    [InlineData("\"recoverable\":true", "\"recoverable\":true", "recovered")]
    [InlineData("\"join_leave\":true", "\"subscribe\":{}", "positioned")]
    public void Positioning_and_recovery_are_for_those_who_ask_where_they_may(string asked, string granted, string absent)
    {
        using var hub = new TestHub(news: static ns =>
            (ns.HistorySize, ns.HistoryTtl, ns.AllowPositioning, ns.AllowRecovery) = (10, TimeSpan.FromHours(1), true, true));

        var reply = Assert.Single(hub.Connect().Say("{\"id\":2,\"subscribe\":{\"channel\":\"news:a\"," + asked + "}}"));

        Assert.Contains(granted, reply, StringComparison.Ordinal);
        Assert.DoesNotContain(absent, reply, StringComparison.Ordinal);
    }

    private static TestHub Hub(out LossyBroker broker, Action<ApplicationModel>? application = null)
    {
        LossyBroker? lossy = null;
        var hub = new TestHub(
            static options => options.PingInterval = null,
            static ns => (ns.HistorySize, ns.HistoryTtl, ns.Recovery) = (100, TimeSpan.FromHours(1), true),
            application,
            carrier: inner => lossy = new LossyBroker(inner));
        broker = lossy!;
        return hub;
    }

    private static void Lose(TestHub hub, LossyBroker broker, string json)
    {
        broker.LosesPublications = true;
        hub.Publish("news:a", json);
        broker.LosesPublications = false;
    }
}

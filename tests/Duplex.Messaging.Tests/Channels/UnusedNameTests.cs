using Duplex.Messaging.Application;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Channels;

/// <summary>What a client can name costs nothing once it has gone, and no publication is lost to it meanwhile.</summary>
public sealed class UnusedNameTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Channel_that_was_subscribed_to_or_refused_leaves_nothing_behind(bool isAllowed)
    {
        using var hub = WithRecovery(_ => new(isAllowed));
        var client = hub.Connect();

        for (var i = 0; i < 200; i++)
        {
            client.Say("{\"id\":2,\"subscribe\":{\"channel\":\"news:" + i + "\"}}");
            client.Say("{\"id\":3,\"unsubscribe\":{\"channel\":\"news:" + i + "\"}}");
        }

        Assert.Equal(0, hub.Broker.StreamCount);
        Assert.Empty(hub.Server.Channels.List());
    }

    [Fact]
    public void Publication_while_the_subscribe_handler_is_at_work_follows_the_reply_because_its_snapshot_may_lack_it()
    {
        var gate = new TaskCompletionSource<SubscribeDecision>();
        using var hub = WithRecovery(_ => new(gate.Task));
        hub.Publish("news:a", "1");
        var client = hub.Connect();
        Assert.Empty(client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}"""));
        hub.Publish("news:a", "2");
        hub.Publish("news:a", "3");

        gate.SetResult(SubscribeDecision.Allow("\"snapshot of 1\""u8.ToArray()));

        Assert.Equal(
            [
                """{"id":2,"subscribe":{"recoverable":true,"epoch":"E","offset":1,"positioned":true,"data":"snapshot of 1"}}""",
                """{"push":{"channel":"news:a","pub":{"data":2,"offset":2}}}""",
                """{"push":{"channel":"news:a","pub":{"data":3,"offset":3}}}""",
            ],
            Frames.WithoutTime(client.Received()));
    }

    [Fact]
    public void Recovering_client_gets_each_publication_once_whenever_its_handler_answers()
    {
        var gate = new TaskCompletionSource<SubscribeDecision>();
        using var hub = WithRecovery(_ => new(gate.Task));
        hub.Publish("news:a", "1");
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a","recover":true}}""");
        hub.Publish("news:a", "2");

        gate.SetResult(true);
        Assert.Contains(
            "\"publications\":[{\"data\":1,\"offset\":1,\"epoch\":\"E\"},{\"data\":2,\"offset\":2}],\"recovered\":true",
            Frames.WithoutTime(Assert.Single(client.Received())),
            StringComparison.Ordinal);
        hub.Publish("news:a", "3");

        Assert.Equal(["""{"push":{"channel":"news:a","pub":{"data":3,"offset":3}}}"""], Frames.WithoutTime(client.Received()));
    }

    [Fact]
    public async Task Client_of_a_stream_that_was_dropped_is_not_recovered()
    {
        using var hub = WithRecovery();
        hub.Publish("news:a", "1");
        var client = hub.Connect();
        var epoch = Frames.EpochOf(Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""")));
        await hub.Broker.RemoveHistoryAsync("news:a");

        var reply = Assert.Single(hub.Connect().Say("{\"id\":2,\"subscribe\":{\"channel\":\"news:a\",\"recover\":true,\"offset\":0,\"epoch\":\"" + epoch + "\"}}"));

        Assert.DoesNotContain("\"recovered\"", reply, StringComparison.Ordinal);
        Assert.NotEqual(epoch, Frames.EpochOf(reply));
    }

    private static TestHub WithRecovery(Handler<SubscribeDecision>? subscribe = null) => new(
        news: static ns => (ns.HistorySize, ns.HistoryTtl, ns.Recovery) = (100, TimeSpan.FromHours(1), true),
        application: model =>
        {
            if (subscribe is not null) model.AddChannel("news:{rest}").Subscribe = subscribe;
        });
}

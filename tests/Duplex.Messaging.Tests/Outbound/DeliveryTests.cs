using Duplex.Messaging.Channels;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Outbound;

public sealed class DeliveryTests
{
    [Fact]
    public void Client_that_takes_another_with_it_when_it_ends_does_not_keep_the_publication_from_the_rest()
    {
        using var hub = new TestHub(static options => options.MaxQueuedBytes = 10);
        var (third, second, first) = (hub.Connect(), hub.Connect(), hub.Connect());
        foreach (var client in (TestClient[])[third, second, first]) client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        using var registration = first.Client.Disconnected.Register(() => second.Client.Disconnect(new(4000, "with it")));
        first.Transport.IsWritable = false;

        hub.Publish("news:a", "1");
        hub.Publish("news:a", "2");

        Assert.Equal<ushort?>(3008, first.CloseCode);
        Assert.Equal<ushort?>(4000, second.CloseCode);
        Assert.Equal(2, third.Received().Length);
    }

    [Fact]
    public void Delivery_inside_a_delivery_to_the_same_channel_keeps_nothing_from_the_rest()
    {
        TestHub hub = null!;
        string other = "";
        hub = new TestHub(
            news: static ns =>
            {
                ns.JoinLeave = ns.ForceJoinLeave = true;
                ns.MaxBatchDelay = TimeSpan.FromMinutes(1);
            },
            application: model => model.Disconnect = async _ =>
            {
                // Sends what waits in the batch, in the middle of the delivery that ended the first client.
                await hub.Server.Clients.UnsubscribeAsync(ClientSelector.Anonymous with { Client = other }, "news:a");
            });
        using var disposal = hub;
        var (third, second, first) = (hub.Connect(), hub.Connect(), hub.Connect());
        foreach (var client in (TestClient[])[third, second, first]) client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        var joining = hub.Connect();
        joining.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        foreach (var client in (TestClient[])[third, second, first]) client.Received();
        other = second.Id;
        hub.Publish("news:a", "1");
        first.Transport.SendingFault = new InvalidOperationException("It fails.");

        joining.Say("""{"id":3,"unsubscribe":{"channel":"news:a"}}""");

        Assert.Equal<ushort?>([3009, null, null], [first.CloseCode, second.CloseCode, third.CloseCode]);
        Assert.Contains(third.Received(), frame => frame.Contains("\"leave\":{\"info\":{\"user\":\"\",\"client\":\"" + joining.Id, StringComparison.Ordinal));
        Assert.Contains(second.Received(), static frame => frame.Contains("\"unsubscribe\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Filtered_subscriber_gets_what_its_filter_matches_and_keeps_its_position()
    {
        using var hub = new TestHub(news: static ns =>
        {
            ns.AllowTagsFilter = ns.Recovery = true;
            ns.HistorySize = 10;
            ns.HistoryTtl = TimeSpan.FromHours(1);
        });
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a","tf":{"key":"kind","cmp":"eq","val":"x"}}}""");

        hub.Publish("news:a", "1");
        hub.Publish("news:a", "2", new() { Tags = new Dictionary<string, string> { ["kind"] = "x" } });

        Assert.Contains("\"data\":2,\"offset\":2", Assert.Single(Frames.WithoutTime(client.Received())), StringComparison.Ordinal);
        Assert.Contains("\"code\":107", Assert.Single(client.Say("""{"id":3,"subscribe":{"channel":"news:b","tf":{"op":"xor"}}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Filter_holds_for_what_is_recovered_too_and_what_it_passes_over_is_not_missing()
    {
        using var hub = new TestHub(news: static ns =>
        {
            ns.AllowTagsFilter = ns.Recovery = true;
            (ns.HistorySize, ns.HistoryTtl) = (10, TimeSpan.FromHours(1));
        });
        foreach (var (value, kind) in new[] { ("1", "x"), ("2", "y"), ("3", "x"), ("4", "y") })
        {
            hub.Publish("news:a", value, new() { Tags = new Dictionary<string, string> { ["kind"] = kind } });
        }

        var client = hub.Connect();
        var reply = Frames.WithoutTime(Assert.Single(client.Say(
            """{"id":2,"subscribe":{"channel":"news:a","recover":true,"tf":{"key":"kind","cmp":"eq","val":"x"}}}""")));
        hub.Publish("news:a", "5", new() { Tags = new Dictionary<string, string> { ["kind"] = "x" } });

        Assert.Contains("\"recovered\":true,\"positioned\"", reply, StringComparison.Ordinal);
        Assert.Equal(2, reply.Split("\"data\":").Length - 1);
        Assert.Contains("\"data\":5,\"offset\":5", Assert.Single(Frames.WithoutTime(client.Received())), StringComparison.Ordinal);
    }

    [Fact]
    public void Delta_subscriber_gets_the_first_publication_whole_and_patches_after_it()
    {
        using var hub = new TestHub(news: static ns =>
        {
            ns.AllowDelta = ns.DeltaPublish = ns.Recovery = true;
            ns.HistorySize = 10;
            ns.HistoryTtl = TimeSpan.FromHours(1);
        });
        var text = new string('x', 200);
        hub.Publish("news:a", $"\"{text}0\"");
        var client = hub.Connect();
        Assert.Contains("\"delta\":true", Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a","delta":"fossil"}}""")), StringComparison.Ordinal);

        hub.Publish("news:a", $"\"{text}1\"");
        hub.Publish("news:a", $"\"{text}2\"");

        var frames = client.Received();
        Assert.Contains("\"data\":\"\\\"" + text + "1\\\"\"", frames[0].Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\"delta\":true", frames[0], StringComparison.Ordinal);
        Assert.Contains("\"delta\":true", frames[1], StringComparison.Ordinal);
        Assert.True(frames[1].Length < 200);
    }

    [Theory]
    [InlineData(SlowConsumerPolicy.DropOldest)]
    [InlineData(SlowConsumerPolicy.Conflate)]
    public void Channel_that_may_drop_publications_grants_no_deltas(SlowConsumerPolicy policy)
    {
        using var hub = new TestHub(news: ns =>
        {
            ns.AllowDelta = ns.DeltaPublish = ns.Recovery = true;
            ns.HistorySize = 10;
            ns.HistoryTtl = TimeSpan.FromHours(1);
            ns.SlowConsumers = policy;
        });
        var client = hub.Connect();

        var reply = Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a","delta":"fossil"}}"""));

        Assert.Contains("\"recoverable\":true", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("delta", reply, StringComparison.Ordinal);
    }

    [Fact]
    public void Client_with_a_message_it_cannot_be_told_is_disconnected_with_3506()
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        client.Client.Send("not json"u8.ToArray());
        hub.Shard.RunAll();

        Assert.Equal<ushort?>(3506, client.CloseCode);
    }
}

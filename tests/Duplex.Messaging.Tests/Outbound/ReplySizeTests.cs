using System.Text;
using Duplex.Messaging.Application;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Outbound;

/// <summary>Replies are bounded by bytes, so that none is cut and asked for again.</summary>
public sealed class ReplySizeTests
{
    private const int MaxQueuedBytes = 10_000;

    private static readonly string Kilobyte = "\"" + new string('x', 1000) + "\"";

    [Fact]
    public void Client_that_missed_more_bytes_than_may_be_kept_for_it_is_not_recovered_and_goes_on_from_the_top()
    {
        using var hub = Hub();
        var epoch = EpochOf(hub, "news:a");
        for (var i = 0; i < 10; i++) hub.Publish("news:a", Kilobyte);

        Assert.Contains("\"recovered\":true", Recover(hub.Connect(), "news:a", 5, epoch), StringComparison.Ordinal);
        var reply = Recover(hub.Connect(), "news:a", 0, epoch);

        Assert.DoesNotContain("\"recovered\"", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("\"publications\"", reply, StringComparison.Ordinal);
        Assert.Contains("\"offset\":10,", reply, StringComparison.Ordinal);
        Assert.Contains("\"was_recovering\":true", reply, StringComparison.Ordinal);
    }

    [Fact]
    public void Subscriptions_that_recover_in_one_connect_reply_share_its_room()
    {
        var reply = ConnectDecision.Allow() with { Subscriptions = [new("news:a"), new("news:b")] };
        using var hub = Hub(model => model.Connect = _ => new(reply));
        var (first, second) = (EpochOf(hub, "news:a", isConnected: true), EpochOf(hub, "news:b", isConnected: true));
        for (var i = 0; i < 6; i++)
        {
            hub.Publish("news:a", Kilobyte);
            hub.Publish("news:b", Kilobyte);
        }

        var client = hub.Open();
        var connected = Assert.Single(client.Say(
            "{\"id\":1,\"connect\":{\"subs\":{\"news:a\":{\"recover\":true,\"epoch\":\"" + first + "\"},\"news:b\":{\"recover\":true,\"epoch\":\"" + second + "\"}}}}"));

        Assert.Equal(2, connected.Split("\"recovered\":true").Length);
        Assert.InRange(connected.Length, 6000, MaxQueuedBytes);
    }

    [Fact]
    public void Recovery_waits_until_its_client_has_taken_what_was_sent_before()
    {
        using var hub = Hub();
        var (first, second) = (EpochOf(hub, "news:a"), EpochOf(hub, "news:b"));
        for (var i = 0; i < 6; i++)
        {
            hub.Publish("news:a", Kilobyte);
            hub.Publish("news:b", Kilobyte);
        }

        var client = hub.Connect();
        client.Transport.IsWritable = false;
        Assert.Empty(client.Say(Command("news:a", 0, first) + "\n" + Command("news:b", 0, second)));
        Assert.Empty(client.Say("""{"id":3,"unsubscribe":{"channel":"news:c"}}"""));
        client.Drain();
        var replies = client.Received();

        Assert.Equal(3, replies.Length);
        Assert.All(replies[..2], static reply => Assert.Contains("\"recovered\":true", reply, StringComparison.Ordinal));
        Assert.Null(client.CloseCode);
    }

    [Fact]
    public void History_ends_before_the_bytes_that_may_be_kept_and_is_read_on_from_there()
    {
        using var hub = Hub();
        for (var i = 0; i < 20; i++) hub.Publish("news:a", Kilobyte);
        var client = hub.Connect();
        var epoch = EpochOf(hub, "news:a");

        List<int> offsets = [];
        for (var since = 0; since < 20;)
        {
            var page = Assert.Single(client.Say("{\"id\":2,\"history\":{\"channel\":\"news:a\",\"limit\":-1,\"since\":{\"offset\":" + since + ",\"epoch\":\"" + epoch + "\"}}}"));
            Assert.InRange(page.Length, 1000, MaxQueuedBytes + 1000);
            var count = page.Split("\"data\"").Length - 1;
            offsets.AddRange(Enumerable.Range(since + 1, count));
            since += count;
        }

        Assert.Equal(Enumerable.Range(1, 20), offsets);
    }

    [Fact]
    public void Publication_larger_than_what_may_be_kept_is_read_alone()
    {
        using var hub = Hub();
        hub.Publish("news:a", "\"" + new string('x', 2 * MaxQueuedBytes) + "\"");
        hub.Publish("news:a", "1");

        var page = Assert.Single(hub.Connect().Say("""{"id":2,"history":{"channel":"news:a","limit":-1}}"""));

        Assert.Equal(2, page.Split("\"data\"").Length);
    }

    [Fact]
    public void Presence_that_takes_more_than_may_be_kept_is_refused_with_106_and_counted_all_the_same()
    {
        using var hub = Hub();
        for (var i = 0; i < 100; i++) hub.Connect().Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        var client = hub.Connect();

        Assert.Contains("\"code\":106", Assert.Single(client.Say("""{"id":2,"presence":{"channel":"news:a"}}""")), StringComparison.Ordinal);
        Assert.Contains("\"num_clients\":100", Assert.Single(client.Say("""{"id":3,"presence_stats":{"channel":"news:a"}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Reply_of_any_length_is_kept_for_a_client_that_has_room()
    {
        using var hub = Hub(static model => model.AddCall("large", static _ => new((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes("\"" + new string('x', 3 * MaxQueuedBytes) + "\""))));
        var client = hub.Connect();
        client.Transport.IsWritable = false;

        client.Say("""{"id":2,"rpc":{"method":"large"}}""");
        client.Drain();
        Assert.InRange(Assert.Single(client.Received()).Length, 3 * MaxQueuedBytes, 4 * MaxQueuedBytes);

        client.Transport.IsWritable = false;
        client.Say("""{"id":3,"rpc":{"method":"large"}}""");
        client.Say("""{"id":4,"rpc":{"method":"large"}}""");
        Assert.Equal<ushort?>(3008, client.CloseCode);
    }

    private static string EpochOf(TestHub hub, string channel, bool isConnected = false)
    {
        if (!isConnected) return Frames.EpochOf(Assert.Single(hub.Connect().Say("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}")));
        var page = hub.Server.Channels.ReadHistoryAsync(channel, 0).AsTask();
        Assert.True(page.IsCompletedSuccessfully);
        return page.Result.Position.Epoch;
    }

    private static string Recover(TestClient client, string channel, int offset, string epoch) => Assert.Single(client.Say(Command(channel, offset, epoch)));

    private static string Command(string channel, int offset, string epoch) =>
        "{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\",\"recover\":true,\"offset\":" + offset + ",\"epoch\":\"" + epoch + "\"}}";

    private static TestHub Hub(Action<ApplicationModel>? application = null) => new(
        static options => (options.MaxQueuedBytes, options.IsInsecure) = (MaxQueuedBytes, true),
        static ns => (ns.HistorySize, ns.HistoryTtl, ns.Recovery, ns.Presence) = (100, TimeSpan.FromHours(1), true, true),
        application);
}

using System.Text;
using Duplex.Centrifuge.Tests.Session.TestDoubles;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Tests.TestDoubles;
using Google.Protobuf;

using Wire = Duplex.Centrifuge.Tests.Schema;

namespace Duplex.Centrifuge.Tests.Session;

/// <summary>What may be published through each door, and what becomes of that which not every client can be sent.</summary>
public sealed class DataFormatTests
{
    private const string Pushed = """{"push":{"channel":"news:a","pub":{"data":1,"offset":2}}}""";

    private static readonly byte[] NoJson = [0xFF, 0x00, 0x01];
    private static readonly byte[] NoUtf8 = [(byte)'"', 0xFF, (byte)'"'];

    public static TheoryData<byte[]> Refused => [NoJson, NoUtf8, "{\"a\":1} x"u8.ToArray(), Nested(65)];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Publication_that_is_no_JSON_is_refused_with_107_at_every_door_by_default(byte[] data)
    {
        using var hub = Hub();
        var json = Subscribed(hub);

        Assert.Equal(107u, Assert.Single(Publish(ProtobufPeer.Connect(hub), data)).Error.Code);
        await ShouldRefuseAsync(() => hub.Hub.PublishAsync("news:a", data, null, TestContext.Current.CancellationToken).AsTask());
        await ShouldRefuseAsync(() => hub.Server.Maps.PublishAsync("map:a", "k", data, null, TestContext.Current.CancellationToken).AsTask());
        await ShouldRefuseAsync(() => hub.Server.Polls.PublishAsync("poll:a", new PolledItem("k", data), TestContext.Current.CancellationToken).AsTask());
        var broadcast = await hub.Hub.BroadcastAsync(["news:a"], data, null, TestContext.Current.CancellationToken);

        Assert.Equal(107u, Assert.Single(broadcast).Error?.Code);
        Assert.Empty(json.Received());
        Assert.Null(json.CloseCode);
        Assert.Equal(0, hub.Broker.StreamCount);
    }

    [Fact]
    public void What_a_handler_publishes_in_place_of_what_was_sent_is_held_against_the_format_too()
    {
        using var hub = Hub(application: static model => model.AddChannel("news:{rest}").Publish = static _ => new(PublishDecision.Allow(NoJson)));

        Assert.Contains("\"code\":107", Assert.Single(hub.Connect().Say("""{"id":2,"publish":{"channel":"news:a","data":1}}""")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DataFormat.Any)]
    [InlineData(DataFormat.Binary)]
    public void Publication_that_is_no_JSON_passes_JSON_clients_by_where_the_namespace_is_for_others_too(DataFormat format)
    {
        using var hub = Hub(format);
        var json = Subscribed(hub);
        var peer = ProtobufPeer.Connect(hub);
        peer.Say(new Wire.Command { Id = 2, Subscribe = new() { Channel = "news:a" } });

        Assert.Equal(NoJson, Publish(peer, NoJson).Single(static reply => reply.Push is not null).Push.Pub.Data.ToByteArray());
        Assert.Empty(json.Received());
        Publish(peer, "1"u8.ToArray());

        Assert.Equal([Pushed], Frames.WithoutTime(json.Received()).Select(static frame => frame.Replace(Info(frame), "", StringComparison.Ordinal)));
        Assert.Null(json.CloseCode);
    }

    [Fact]
    public void History_and_recovery_of_JSON_clients_leave_out_what_is_no_JSON_and_are_complete()
    {
        using var hub = Hub(DataFormat.Any);
        var first = hub.Connect();
        var epoch = Frames.EpochOf(Assert.Single(first.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""")));
        var peer = ProtobufPeer.Connect(hub);
        foreach (var data in (byte[][])[NoJson, Nested(64), Nested(65), "2"u8.ToArray()]) Publish(peer, data);

        var client = hub.Connect();
        var recovered = Assert.Single(client.Say("{\"id\":2,\"subscribe\":{\"channel\":\"news:a\",\"recover\":true,\"offset\":0,\"epoch\":\"" + epoch + "\"}}"));
        var history = Assert.Single(client.Say("""{"id":3,"history":{"channel":"news:a","limit":10}}"""));

        foreach (var reply in (string[])[recovered, history])
        {
            Assert.Equal(2, reply.Split("\"data\"").Length - 1);
            Assert.Contains("\"offset\":2", reply, StringComparison.Ordinal);
            Assert.Contains("\"offset\":4", reply, StringComparison.Ordinal);
        }

        Assert.Contains("\"recovered\":true", recovered, StringComparison.Ordinal);
        Assert.Null(client.CloseCode);
    }

    [Fact]
    public void What_is_known_of_others_and_is_no_JSON_is_left_out_for_JSON_clients()
    {
        using var hub = Hub(
            presence: true,
            application: static model => model.Connect = context =>
                new(ConnectDecision.Allow() with { Info = context.Client.Name == "binary" ? (ReadOnlyMemory<byte>)NoJson : null }));
        var json = Subscribed(hub);
        var peer = new ProtobufPeer(hub);
        peer.Say(new Wire.Command { Id = 1, Connect = new() { Name = "binary" } });
        peer.Say(new Wire.Command { Id = 2, Subscribe = new() { Channel = "news:a" } });

        Publish(peer, "1"u8.ToArray());

        Assert.Contains("\"data\":1", Assert.Single(json.Received()), StringComparison.Ordinal);
        Assert.Contains("\"presence\":{\"presence\":{", Assert.Single(json.Say("""{"id":3,"presence":{"channel":"news:a"}}""")), StringComparison.Ordinal);
        Assert.Null(json.CloseCode);
    }

    [Fact]
    public async Task Data_nested_as_deep_as_may_be_goes_in_through_every_door_and_comes_out_at_each()
    {
        using var hub = Hub();
        var json = Subscribed(hub);
        var peer = ProtobufPeer.Connect(hub);
        var data = Nested(64);

        json.Say("{\"id\":3,\"publish\":{\"channel\":\"news:a\",\"data\":" + Encoding.UTF8.GetString(data) + "}}");
        Publish(peer, data);
        await hub.Hub.PublishAsync("news:a", data, null, TestContext.Current.CancellationToken);

        Assert.Equal(3, (await hub.Server.Channels.ReadHistoryAsync("news:a")).Publications.Count(static publication => publication.IsJson));
        var history = json.Say("""{"id":4,"history":{"channel":"news:a","limit":10}}""").Single(static frame => frame.Contains("\"history\"", StringComparison.Ordinal));
        Assert.Equal(3, history.Split("\"data\"").Length - 1);
        Assert.Null(json.CloseCode);
    }

    private static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));

    private static string Info(string frame)
    {
        var start = frame.IndexOf("\"info\":{", StringComparison.Ordinal);
        return start < 0 ? "no info" : frame[start..(frame.IndexOf('}', start) + 2)];
    }

    private static async Task ShouldRefuseAsync(Func<Task> publish) =>
        Assert.Equal(ClientErrors.BadRequest, (await Assert.ThrowsAsync<ClientException>(publish)).Error);

    private static Wire.Reply[] Publish(ProtobufPeer peer, byte[] data) =>
        peer.Say(new Wire.Command { Id = 9, Publish = new() { Channel = "news:a", Data = ByteString.CopyFrom(data) } });

    private static TestClient Subscribed(TestHub hub)
    {
        var client = hub.Connect();
        Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}"""));
        return client;
    }

    private static TestHub Hub(DataFormat? format = null, bool presence = false, Action<Messaging.Application.ApplicationModel>? application = null) => new(
        options =>
        {
            options.IsInsecure = true;
            options.Namespaces["map"] = new() { SubscriptionType = SubscriptionType.Map, Map = { Mode = Messaging.Maps.MapMode.Persistent } };
            options.Namespaces["poll"] = new() { SubscriptionType = SubscriptionType.SharedPoll };
        },
        ns => (ns.HistorySize, ns.HistoryTtl, ns.Recovery, ns.DataFormat, ns.Presence) = (10, TimeSpan.FromHours(1), true, format, presence),
        application);
}

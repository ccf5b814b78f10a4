using Duplex.Centrifuge.Tests.Session.TestDoubles;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Tests.TestDoubles;
using Google.Protobuf;

using Wire = Duplex.Centrifuge.Tests.Schema;

namespace Duplex.Centrifuge.Tests.Session;

/// <summary>As <see cref="HostileClientTests"/>, for clients that speak Protobuf.</summary>
public sealed class HostileProtobufClientTests
{
    private static readonly string Megabyte = "news:" + new string('x', 1024 * 1024);

    [Fact]
    public void Channel_name_of_a_megabyte_is_answered_with_107()
    {
        using var hub = new TestHub();
        var peer = ProtobufPeer.Connect(hub);
        Wire.Command[] commands =
        [
            new() { Id = 2, Subscribe = new() { Channel = Megabyte } },
            new() { Id = 2, Publish = new() { Channel = Megabyte, Data = ByteString.CopyFrom(1) } },
            new() { Id = 2, Presence = new() { Channel = Megabyte } },
            new() { Id = 2, PresenceStats = new() { Channel = Megabyte } },
            new() { Id = 2, History = new() { Channel = Megabyte } },
        ];

        Assert.All(commands, command => Assert.Equal(107u, Assert.Single(peer.Say(command)).Error.Code));
        Assert.NotNull(Assert.Single(peer.Say(new Wire.Command { Id = 3, Unsubscribe = new() { Channel = Megabyte } })).Unsubscribe);
    }

    [Theory]
    [InlineData("")] // no command at all
    [InlineData("020802")] // an id and no request
    [InlineData("0408025A00")] // a ping with an id
    [InlineData("0000")] // two pongs nobody asked for
    [InlineData("0308022A")] // subscribe without its length
    [InlineData("0408022800")] // subscribe as a number: a field nobody knows, so an id and no request
    [InlineData("0708022A030A01FF")] // a channel that is not UTF-8
    [InlineData("FFFFFFFF0F0802")] // longer than the frame
    public void Bytes_that_are_no_command_end_the_connection_with_3501_CVE_2019_0982(string hex)
    {
        using var hub = new TestHub();
        var peer = ProtobufPeer.Connect(hub);

        Assert.Empty(peer.Say(Convert.FromHexString(hex)));

        Assert.Equal<ushort?>(3501, peer.CloseCode);
    }

    [Fact]
    public void Filter_nested_beyond_the_codec_ends_the_connection_and_one_beyond_the_hub_is_answered_with_107()
    {
        using var hub = new TestHub(news: static ns => ns.AllowTagsFilter = true);
        var peer = ProtobufPeer.Connect(hub);

        Assert.Equal(107u, Assert.Single(peer.Say(Filtered(20))).Error.Code);
        Assert.Empty(peer.Say(Filtered(500)));

        Assert.Equal<ushort?>(3501, peer.CloseCode);

        static Wire.Command Filtered(int depth)
        {
            var node = new Wire.FilterNode { Key = "k", Cmp = "ex" };
            for (var i = 1; i < depth; i++) node = new Wire.FilterNode { Op = "not", Nodes = { node } };
            return new() { Id = 2, Subscribe = new() { Channel = "news:a", Tf = node } };
        }
    }

    [Fact]
    public void Counts_are_bounded_whatever_is_asked_CVE_2026_33151()
    {
        using var hub = new TestHub(
            static options => options.MaxHistoryPublications = 3,
            static ns =>
            {
                ns.AllowTagsFilter = ns.AllowHistory = ns.AllowHistoryForAnonymous = true;
                (ns.HistorySize, ns.HistoryTtl) = (10, TimeSpan.FromHours(1));
            });
        for (var i = 0; i < 5; i++) hub.Publish("news:a", "1");
        var peer = ProtobufPeer.Connect(hub);
        foreach (var limit in (int[])[int.MaxValue, int.MinValue, -1])
        {
            Assert.Equal(3, Assert.Single(peer.Say(new Wire.Command { Id = 2, History = new() { Channel = "news:a", Limit = limit } })).History.Publications.Count);
        }

        var wide = new Wire.FilterNode { Op = "or" };
        for (var i = 0; i < 300; i++) wide.Nodes.Add(new Wire.FilterNode { Key = "k", Cmp = "ex" });
        Assert.Equal(107u, Assert.Single(peer.Say(new Wire.Command { Id = 3, Subscribe = new() { Channel = "news:a", Tf = wide } })).Error.Code);

        var newcomer = new ProtobufPeer(hub);
        var connect = new Wire.Command { Id = 1, Connect = new() };
        for (var i = 0; i < 6000; i++) connect.Connect.Subs[$"news:{i}"] = new();
        Assert.Empty(newcomer.Say(connect));
        Assert.Equal<ushort?>(3501, newcomer.CloseCode);
    }

    [Fact]
    public void Track_batch_that_promises_keys_and_has_none_is_answered_with_107_CVE_2026_69185()
    {
        var prices = new NamespaceOptions { SubscriptionType = SubscriptionType.SharedPoll, AllowSubscribe = true, AllowSubscribeForAnonymous = true };
        prices.SharedPoll.AllowUnsignedKeys = true;
        prices.SharedPoll.MaxKeysPerConnection = 3;
        using var hub = new TestHub(
            options => options.Namespaces["prices"] = prices,
            application: static model => model.AddChannel("prices:{market}").Poll = static _ => ValueTask.FromResult<IReadOnlyList<PolledItem>>([]));
        var peer = ProtobufPeer.Connect(hub);
        Assert.NotNull(Assert.Single(peer.Say(new Wire.Command { Id = 2, Subscribe = new() { Channel = "prices:x", Type = 4 } })).Subscribe);

        Assert.Equal(107u, CodeOf(new Wire.TrackBatch()));
        Assert.Equal(107u, CodeOf(new Wire.TrackBatch { Items = { new Wire.KeyedItem() } }));
        Assert.Equal(106u, CodeOf(new Wire.TrackBatch { Items = { Keys(4) } }));
        Assert.Empty(peer.Say(new Wire.Command { Id = 3, SubRefresh = new() { Channel = "prices:x", Type = 1, Track = { new Wire.TrackBatch { Items = { Keys(5001) } } } } }));
        Assert.Equal<ushort?>(3501, peer.CloseCode);

        uint CodeOf(Wire.TrackBatch batch) =>
            Assert.Single(peer.Say(new Wire.Command { Id = 3, SubRefresh = new() { Channel = "prices:x", Type = 1, Track = { batch } } })).Error.Code;

        static IEnumerable<Wire.KeyedItem> Keys(int count) => Enumerable.Range(0, count).Select(static i => new Wire.KeyedItem { Key = $"k{i}" });
    }

    [Fact]
    public void Field_nobody_knows_is_passed_over()
    {
        using var hub = new TestHub();
        var peer = ProtobufPeer.Connect(hub);

        // Field 100 of the command, as a number and as bytes, around a subscribe to "news:a" that has a field 100 too.
        var reply = Assert.Single(peer.Say(Convert.FromHexString("17" + "A00601" + "0802" + "2A0C" + "0A066E6577733A61" + "A2060101" + "A2060101")));

        Assert.Equal(2u, reply.Id);
        Assert.NotNull(reply.Subscribe);
    }
}

using Duplex.Centrifuge.Model;
using Duplex.Centrifuge.Protobuf;
using Duplex.Centrifuge.Tests.Codecs;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;
using Google.Protobuf;
using Wire = Duplex.Centrifuge.Tests.Schema;

namespace Duplex.Centrifuge.Tests.Protobuf;

/// <summary>What Google's implementation writes by the schema must be read the same here.</summary>
public sealed class ProtobufCommandTests
{
    private readonly ProtobufCodec _codec = new();

    [Fact]
    public void Connect_is_read_with_all_its_fields()
    {
        var connect = _codec.ShouldRead<ConnectRequest>(Delimited(new Wire.Command
        {
            Id = 1,
            Connect = new Wire.ConnectRequest
            {
                Token = "t",
                Data = ByteString.CopyFrom(0, 255),
                Name = "js",
                Version = "5.8",
                Flag = -3,
                Dict = "unknown here",
                Headers = { ["Authorization"] = "b" },
                Subs = { ["news"] = new Wire.SubscribeRequest { Recover = true, Epoch = "e", Offset = 7 }, ["empty"] = new Wire.SubscribeRequest() },
            },
        }));

        Assert.Equal(("t", "js", "5.8", -3L), (connect.Token, connect.Name, connect.Version, connect.Flag));
        Assert.Equal([0, 255], connect.Data.ToArray());
        Assert.Equal("b", connect.Headers["authorization"]);
        Assert.True(connect.Subs["news"].Recover);
        Assert.Equal(new StreamPosition(7, "e"), connect.Subs["news"].Since);
        Assert.False(connect.Subs["empty"].Recover);
    }

    [Fact]
    public void Subscribe_is_read_with_all_its_fields()
    {
        var subscribe = _codec.ShouldRead<SubscribeRequest>(Delimited(new Wire.Command
        {
            Id = 2,
            Subscribe = new Wire.SubscribeRequest
            {
                Channel = "é😀",
                Token = "t",
                Recover = true,
                Epoch = "e",
                Offset = ulong.MaxValue,
                Data = ByteString.CopyFromUtf8("d"),
                Positioned = true,
                Recoverable = true,
                JoinLeave = true,
                Delta = "fossil",
                Flag = 2,
                Type = 4,
                Phase = 2,
                Cursor = "k",
                Limit = -5,
                Asc = true,
                Tf = new Wire.FilterNode
                {
                    Op = "and",
                    Nodes = { new Wire.FilterNode { Key = "k", Cmp = "in", Vals = { "a", "" } }, new Wire.FilterNode { Key = "l", Cmp = "eq", Val = "v" } },
                },
            },
        }));

        Assert.Equal(("é😀", "t", true, "k"), (subscribe.Channel, subscribe.Token, subscribe.Delta, subscribe.Cursor));
        Assert.Equal(new StreamPosition(ulong.MaxValue, "e"), subscribe.Since);
        Assert.Equal("d", subscribe.Data.Text());
        Assert.True(subscribe is { Recover: true, Positioned: true, Recoverable: true, JoinLeave: true, Ascending: true });
        Assert.Equal((SubscribeFlags.RejectUnrecovered, SubscriptionType.SharedPoll, SubscriptionPhase.State, -5),
            (subscribe.Flag, subscribe.Type, subscribe.Phase, subscribe.Limit));
        var filter = subscribe.TagsFilter!;
        Assert.Equal("and", filter.Op);
        Assert.Equal(["a", ""], filter.Nodes[0].Vals);
        Assert.Equal(("l", "eq", "v"), (filter.Nodes[1].Key, filter.Nodes[1].Cmp, filter.Nodes[1].Val));
    }

    [Fact]
    public void The_other_requests_are_read()
    {
        Assert.Equal("c", Read<UnsubscribeRequest>(new() { Unsubscribe = new() { Channel = "c" } }).Channel);
        Assert.Equal("c", Read<PresenceRequest>(new() { Presence = new() { Channel = "c" } }).Channel);
        Assert.Equal("c", Read<PresenceStatsRequest>(new() { PresenceStats = new() { Channel = "c" } }).Channel);
        Assert.Equal("t", Read<RefreshRequest>(new() { Refresh = new() { Token = "t" } }).Token);
        Assert.Equal([7], Read<SendRequest>(new() { Send = new() { Data = ByteString.CopyFrom(7) } }).Data.ToArray());

        var publish = Read<PublishRequest>(new() { Publish = new() { Channel = "c", Data = ByteString.CopyFrom(7), Type = 1, Key = "k", Removed = true } });
        Assert.Equal(("c", 7, SubscriptionType.Map, "k", true), (publish.Channel, publish.Data.Span[0], publish.Type, publish.Key, publish.Removed));

        var rpc = Read<RpcRequest>(new() { Rpc = new() { Method = "m", Data = ByteString.CopyFrom(7) } });
        Assert.Equal(("m", 7), (rpc.Method, rpc.Data.Span[0]));

        var history = Read<HistoryRequest>(new() { History = new() { Channel = "c", Limit = -1, Since = new() { Offset = 3, Epoch = "e" }, Reverse = true } });
        Assert.Equal(("c", -1, new StreamPosition(3, "e"), true), (history.Channel, history.Limit, history.Since!.Value, history.Reverse));
        Assert.Null(Read<HistoryRequest>(new() { History = new() { Channel = "c" } }).Since);

        var track = Read<SubRefreshRequest>(new()
        {
            SubRefresh = new()
            {
                Channel = "c",
                Token = "t",
                Type = 1,
                Track = { new Wire.TrackBatch { Signature = "s", Items = { new Wire.KeyedItem { Key = "k", Version = 9 } } } },
                Untrack = { "u", "w" },
            },
        });
        Assert.Equal(("c", "t", SubRefreshType.Track), (track.Channel, track.Token, track.Type));
        Assert.Equal("s", track.Track[0].Signature);
        Assert.Equal(new PolledKey("k", 9), track.Track[0].Keys[0]);
        Assert.Equal(["u", "w"], track.Untrack);
    }

    [Fact]
    public void A_frame_holds_several_commands()
    {
        byte[] frame =
        [
            .. Delimited(new Wire.Command { Id = 1, Connect = new() }),
            0x00,
            .. Delimited(new Wire.Command { Id = 2, Subscribe = new() { Channel = "a" } }),
        ];

        Assert.Collection(
            _codec.ShouldReadAll(frame),
            command => Assert.Equal((1u, typeof(ConnectRequest)), (command.Id, command.Request?.GetType())),
            command => Assert.Equal(new Command(0, null), command),
            command => Assert.Equal((2u, typeof(SubscribeRequest)), (command.Id, command.Request?.GetType())));
    }

    [Fact]
    public void The_literal_bytes_of_a_subscribe_are_read()
    {
        var command = Assert.Single(_codec.ShouldReadAll([0x08, 0x08, 0x02, 0x2A, 0x04, 0x0A, 0x02, (byte)'a', (byte)'b']));

        Assert.Equal((2u, "ab"), (command.Id, Assert.IsType<SubscribeRequest>(command.Request).Channel));
    }

    [Fact]
    public void Of_several_requests_the_first_in_the_order_of_dispatch_counts()
    {
        var all = new Wire.Command { Id = 1, Send = new(), Rpc = new(), Refresh = new(), SubRefresh = new() };

        // The numbers of rpc and send stand the other way round than their order.
        Read<RpcRequest>(all);
        all.Rpc = null;
        Read<SendRequest>(all);
        all.Subscribe = new();
        all.Connect = new();
        Read<ConnectRequest>(all);
    }

    [Fact]
    public void A_ping_with_an_id_holds_no_request_that_counts() =>
        Assert.Equal(new Command(5, null), Assert.Single(_codec.ShouldReadAll(Delimited(new Wire.Command { Id = 5, Ping = new() }))));

    [Fact]
    public void Unknown_fields_of_every_wire_type_are_passed_over()
    {
        byte[] unknown =
        [
            0x80, 0x01, 0x96, 0x01, // 16, varint
            0x89, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, // 17, eight bytes
            0x92, 0x01, 0x02, 0xFF, 0xFF, // 18, length and bytes
            0x9D, 0x01, 1, 2, 3, 4, // 19, four bytes
            0x0D, 1, 2, 3, 4, // 1 as four bytes: not the id
        ];
        byte[] known = [0x08, 0x03, 0x6A, 0x03, 0x12, 0x01, (byte)'m'];

        var command = Assert.Single(_codec.ShouldReadAll([(byte)(unknown.Length + known.Length), .. unknown, .. known]));
        Assert.Equal((3u, "m"), (command.Id, Assert.IsType<RpcRequest>(command.Request).Method));
    }

    [Fact]
    public void A_bare_connect_is_read_for_one_way_transports()
    {
        Assert.True(_codec.TryReadConnect(new Wire.ConnectRequest { Token = "t" }.ToByteArray(), out var request, out _));
        Assert.Equal("t", request.Token);
        Assert.False(_codec.TryReadConnect([0xFF], out _, out _));
    }

    [Fact]
    public void An_emulation_request_carries_delimited_commands()
    {
        var body = new Wire.EmulationRequest { Node = "n", Session = "s", Data = ByteString.CopyFrom(0) }.ToByteArray();

        Assert.True(_codec.TryReadEmulation(body, out var request, out _));
        Assert.Equal(("n", "s"), (request.Node, request.Session));
        Assert.Equal([0], request.Data.ToArray());
    }

    internal static byte[] Delimited(IMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteDelimitedTo(stream);
        return stream.ToArray();
    }

    private TRequest Read<TRequest>(Wire.Command command) => _codec.ShouldRead<TRequest>(Delimited(command));
}

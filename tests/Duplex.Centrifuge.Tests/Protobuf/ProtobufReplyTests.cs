using System.Buffers;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model.Pushes;
using Duplex.Centrifuge.Protobuf;
using Duplex.Centrifuge.Tests.Codecs;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;
using Google.Protobuf;
using Wire = Duplex.Centrifuge.Tests.Schema;

namespace Duplex.Centrifuge.Tests.Protobuf;

/// <summary>What is written here must be what Google's implementation writes by the schema, byte for byte.</summary>
public sealed class ProtobufReplyTests
{
    private static readonly ClientInfo Ann = new("ann", "c1", new byte[] { 1 }, new byte[] { 2, 3 });
    private static readonly Wire.ClientInfo WireAnn = new() { User = "ann", Client = "c1", ConnInfo = Bytes(1), ChanInfo = Bytes(2, 3) };
    private static readonly PushTarget News = PushTarget.ByName("news");
    private readonly ProtobufCodec _codec = new();

    [Fact]
    public void The_message_of_an_empty_result_stands()
    {
        ShouldBe(new Wire.Reply { Id = 3, Unsubscribe = new() }, _codec.Result(3, UnsubscribeResult.Instance));
        ShouldBe(new Wire.Reply { Id = 3, Publish = new() }, _codec.Result(3, PublishedResult.Instance));
        ShouldBe(new Wire.Reply { Id = 3, Rpc = new() }, _codec.Result(3, new RpcResult()));
        ShouldBe(new Wire.Reply { Id = 3, Connect = new() }, _codec.Result(3, new ConnectResult()));
        ShouldBe(new Wire.Reply { Id = 3, Subscribe = new() }, _codec.Result(3, new SubscribeResult()));
        ShouldBe(new Wire.Reply { Id = 3, Presence = new() }, _codec.Result(3, new PresenceResult { Presence = new Dictionary<string, ClientInfo>() }));
        ShouldBe(new Wire.Reply { Id = 3, PresenceStats = new() }, _codec.Result(3, new PresenceStatsResult()));
        ShouldBe(new Wire.Reply { Id = 3, History = new() }, _codec.Result(3, new HistoryResult()));
        ShouldBe(new Wire.Reply { Id = 3, Refresh = new() }, _codec.Result(3, new RefreshResult()));
        ShouldBe(new Wire.Reply { Id = 3, SubRefresh = new() }, _codec.Result(3, new SubRefreshResult()));
    }

    [Fact]
    public void A_connect_result_is_written_with_all_its_fields() => ShouldBe(
        new Wire.Reply
        {
            Id = uint.MaxValue,
            Connect = new()
            {
                Client = "c",
                Version = "1",
                Expires = true,
                Ttl = uint.MaxValue,
                Data = Bytes(9),
                Subs = { ["s"] = new() { Recoverable = true }, ["s2"] = new() },
                Ping = 25,
                Pong = true,
                Session = "x",
                Node = "n",
                Time = long.MaxValue,
            },
        },
        _codec.Result(uint.MaxValue, Everything));

    [Fact]
    public void A_connect_push_has_numbers_of_its_own()
    {
        var expected = new Wire.Push
        {
            Connect = new()
            {
                Client = "c",
                Version = "1",
                Expires = true,
                Ttl = uint.MaxValue,
                Data = Bytes(9),
                Subs = { ["s"] = new() { Recoverable = true }, ["s2"] = new() },
                Ping = 25,
                Pong = true,
                Session = "x",
                Node = "n",
                Time = long.MaxValue,
            },
        };

        ShouldBe(expected, new ProtobufCodec(PushEnvelope.Bare).Push(PushTarget.None, new ConnectPush(Everything)));
        ShouldBe(new Wire.Reply { Push = expected }, _codec.Push(PushTarget.None, new ConnectPush(Everything)));
    }

    [Fact]
    public void A_subscribe_result_is_written_with_all_its_fields() => ShouldBe(
        new Wire.Reply
        {
            Id = 1,
            Subscribe = new()
            {
                Expires = true,
                Ttl = 9,
                Recoverable = true,
                Epoch = "e",
                Publications = { new Wire.Publication { Data = Bytes(1), Offset = 4 }, new Wire.Publication { Data = Bytes(2), Offset = 5, Delta = true } },
                Recovered = true,
                Offset = 3,
                Positioned = true,
                Data = Bytes(2),
                WasRecovering = true,
                Delta = true,
                Id = 8,
                Type = 1,
                Phase = 2,
                Cursor = "k",
                State = { new Wire.Publication { Key = "a" }, new Wire.Publication { Key = "b" } },
                PublishDebounce = 50,
            },
        },
        _codec.Result(1, new SubscribeResult
        {
            Expires = true,
            TtlSeconds = 9,
            Recoverable = true,
            Position = new StreamPosition(3, "e"),
            Publications = [new Publication { Data = new byte[] { 1 }, Offset = 4 }, new Publication { Data = new byte[] { 2 }, Offset = 5, IsDelta = true }],
            Recovered = true,
            Positioned = true,
            Data = new byte[] { 2 },
            WasRecovering = true,
            Delta = true,
            Id = 8,
            Type = SubscriptionType.Map,
            Phase = SubscriptionPhase.State,
            Cursor = "k",
            State = [new Publication { Data = default, Key = "a" }, new Publication { Data = default, Key = "b" }],
            PublishDebounceMs = 50,
        }));

    [Fact]
    public void The_other_results_are_written()
    {
        ShouldBe(new Wire.Reply { Id = 1, Rpc = new() { Data = Bytes(1) } }, _codec.Result(1, new RpcResult { Data = new byte[] { 1 } }));
        ShouldBe(new Wire.Reply { Id = 1, PresenceStats = new() { NumClients = 3, NumUsers = 2 } }, _codec.Result(1, new PresenceStatsResult { NumClients = 3, NumUsers = 2 }));
        ShouldBe(
            new Wire.Reply { Id = 1, Refresh = new() { Client = "c", Version = "1", Expires = true, Ttl = 60 } },
            _codec.Result(1, new RefreshResult { Client = "c", Version = "1", Expires = true, TtlSeconds = 60 }));
        ShouldBe(
            new Wire.Reply { Id = 1, SubRefresh = new() { Expires = true, Ttl = 60, Items = { new Wire.Publication { Key = "k", Version = 7 } } } },
            _codec.Result(1, new SubRefreshResult { Expires = true, TtlSeconds = 60, Items = [new Publication { Data = default, Key = "k", Version = 7 }] }));
        ShouldBe(
            new Wire.Reply { Id = 1, History = new() { Publications = { new Wire.Publication { Offset = 8 }, new Wire.Publication { Offset = 9 } }, Epoch = "e", Offset = 9 } },
            _codec.Result(1, new HistoryResult
            {
                Publications = [new Publication { Data = default, Offset = 8 }, new Publication { Data = default, Offset = 9 }],
                Position = new StreamPosition(9, "e"),
            }));
        ShouldBe(
            new Wire.Reply { Id = 1, Presence = new() { Presence = { ["c1"] = WireAnn } } },
            _codec.Result(1, new PresenceResult { Presence = new Dictionary<string, ClientInfo> { ["c1"] = Ann } }));
    }

    [Fact]
    public void An_error_says_code_message_and_whether_it_is_temporary() => ShouldBe(
        new Wire.Reply { Id = 2, Error = new() { Code = 100, Message = "internal server error", Temporary = true } },
        _codec.Error(2, ClientErrors.Internal));

    [Fact]
    public void A_publication_is_pushed_with_all_its_fields() => ShouldBe(
        new Wire.Reply
        {
            Push = new()
            {
                Channel = "news",
                Pub = new()
                {
                    Data = Bytes(1, 2, 255),
                    Info = WireAnn,
                    Offset = ulong.MaxValue,
                    Tags = { ["t"] = "v" },
                    Delta = true,
                    Time = 6,
                    Channel = "news.a",
                    Key = "k",
                    Removed = true,
                    Score = -7,
                    Epoch = "e",
                    Version = 8,
                },
            },
        },
        _codec.Publication(News, new Publication
        {
            Data = new byte[] { 1, 2, 255 },
            Info = Ann,
            Offset = ulong.MaxValue,
            Tags = new Dictionary<string, string> { ["t"] = "v" },
            IsDelta = true,
            Time = 6,
            Channel = "news.a",
            Key = "k",
            IsRemoval = true,
            Score = -7,
            Epoch = "e",
            Version = 8,
        }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_score_goes_in_zigzag(long score) => ShouldBe(
        new Wire.Reply { Push = new() { Id = 12, Pub = new() { Score = score } } },
        _codec.Publication(PushTarget.ById(12), new Publication { Data = default, Score = score }));

    [Fact]
    public void Every_push_is_written()
    {
        ShouldBe(new Wire.Reply { Push = new() { Channel = "news", Join = new() { Info = WireAnn } } }, _codec.Push(News, new JoinPush(Ann)));
        ShouldBe(new Wire.Reply { Push = new() { Channel = "news", Leave = new() { Info = WireAnn } } }, _codec.Push(News, new LeavePush(Ann)));
        ShouldBe(new Wire.Reply { Push = new() { Channel = "news", Unsubscribe = new() { Code = 2500, Reason = "r" } } }, _codec.Push(News, new UnsubscribePush(2500, "r")));
        ShouldBe(new Wire.Reply { Push = new() { Message = new() { Data = Bytes(1) } } }, _codec.Push(PushTarget.None, new MessagePush(new byte[] { 1 })));
        ShouldBe(
            new Wire.Reply { Push = new() { Channel = "news", Subscribe = new() { Recoverable = true, Epoch = "e", Offset = 3, Positioned = true, Data = Bytes(1) } } },
            _codec.Push(News, new SubscribePush(new SubscribeResult { Recoverable = true, Positioned = true, Position = new StreamPosition(3, "e"), Data = new byte[] { 1 } })));
        ShouldBe(
            new Wire.Reply { Push = new() { Disconnect = new() { Code = 3001, Reason = "shutdown", Reconnect = true } } },
            _codec.Push(PushTarget.None, new DisconnectPush(Disconnects.Shutdown)));
        ShouldBe(new Wire.Reply { Push = new() { Refresh = new() { Expires = true, Ttl = 60 } } }, _codec.Push(PushTarget.None, new RefreshPush(true, 60)));
    }

    [Theory]
    [InlineData(126)]
    [InlineData(510)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(16_384)]
    [InlineData(1_000_000)]
    public void Payloads_of_any_size_are_written(int length)
    {
        var data = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        ShouldBe(new Wire.Reply { Id = 1, Rpc = new() { Data = ByteString.CopyFrom(data) } }, _codec.Result(1, new RpcResult { Data = data }));
    }

    [Fact]
    public void Messages_follow_each_other_without_a_separator()
    {
        var output = new ArrayBufferWriter<byte>();
        _codec.WriteResult(output, 1, PublishedResult.Instance);
        output.Write(_codec.Ping);
        _codec.WriteError(output, 2, new ClientError(5, ""));

        Assert.Equal([0x04, 0x08, 0x01, 0x42, 0x00, 0x00, 0x06, 0x08, 0x02, 0x12, 0x02, 0x08, 0x05], output.WrittenSpan.ToArray());
    }

    private static ConnectResult Everything { get; } = new()
    {
        Client = "c",
        Version = "1",
        Expires = true,
        TtlSeconds = uint.MaxValue,
        Data = new byte[] { 9 },
        Subscriptions = [new() { Channel = "s2" }, new() { Channel = "s", Recoverable = true }],
        PingSeconds = 25,
        Pong = true,
        Session = "x",
        Node = "n",
        TimeMs = long.MaxValue,
    };

    private static ByteString Bytes(params byte[] bytes) => ByteString.CopyFrom(bytes);

    private static void ShouldBe(IMessage expected, ReadOnlySpan<byte> actual) =>
        Assert.Equal(Convert.ToHexString(ProtobufCommandTests.Delimited(expected)), Convert.ToHexString(actual));
}

using System.Buffers;
using System.Text;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Model.Pushes;
using Duplex.Centrifuge.Tests.Codecs;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Tests.Json;

public sealed class JsonReplyTests
{
    private static readonly ClientInfo Ann = new("ann", "c1", "{\"n\":1}".Utf8(), "2".Utf8());
    private static readonly PushTarget News = PushTarget.ByName("news");
    private readonly JsonCodec _codec = new();

    [Fact]
    public void The_object_of_an_empty_result_stands()
    {
        ShouldBe("""{"id":3,"unsubscribe":{}}""", _codec.Result(3, UnsubscribeResult.Instance));
        ShouldBe("""{"id":4,"publish":{}}""", _codec.Result(4, PublishedResult.Instance));
        ShouldBe("""{"id":5,"rpc":{}}""", _codec.Result(5, new RpcResult()));
        ShouldBe("""{"id":6,"subscribe":{}}""", _codec.Result(6, new SubscribeResult()));
        ShouldBe("""{"id":7,"connect":{}}""", _codec.Result(7, new ConnectResult()));
        ShouldBe("""{"id":8,"refresh":{}}""", _codec.Result(8, new RefreshResult()));
        ShouldBe("""{"id":9,"sub_refresh":{}}""", _codec.Result(9, new SubRefreshResult()));
    }

    [Fact]
    public void Some_fields_stand_even_when_they_are_zero()
    {
        ShouldBe("""{"id":1,"presence":{"presence":{}}}""", _codec.Result(1, new PresenceResult { Presence = new Dictionary<string, ClientInfo>() }));
        ShouldBe("""{"id":1,"presence_stats":{"num_clients":0,"num_users":0}}""", _codec.Result(1, new PresenceStatsResult()));
        ShouldBe("""{"id":1,"history":{"publications":[],"epoch":"","offset":0}}""", _codec.Result(1, new HistoryResult()));
        ShouldBe(
            """{"id":1,"presence":{"presence":{"c":{"user":"","client":""}}}}""",
            _codec.Result(1, new PresenceResult { Presence = new Dictionary<string, ClientInfo> { ["c"] = new("", "") } }));
    }

    [Fact]
    public void A_connect_result_is_written_with_all_its_fields() => ShouldBe(
        """{"id":1,"connect":{"client":"c","version":"1","expires":true,"ttl":60,"data":{"a":1},"subs":{"s":{"recoverable":true}},"ping":25,"pong":true,"session":"x","node":"n","time":5}}""",
        _codec.Result(1, new ConnectResult
        {
            Client = "c",
            Version = "1",
            Expires = true,
            TtlSeconds = 60,
            Data = "{\"a\":1}".Utf8(),
            Subscriptions = [new() { Channel = "s", Recoverable = true }],
            PingSeconds = 25,
            Pong = true,
            Session = "x",
            Node = "n",
            TimeMs = 5,
        }));

    [Fact]
    public void A_subscribe_result_is_written_with_all_its_fields() => ShouldBe(
        """{"id":1,"subscribe":{"expires":true,"ttl":9,"recoverable":true,"epoch":"e","publications":[{"data":1,"offset":4}],"recovered":true,"offset":3,"positioned":true,"data":2,"was_recovering":true,"id":8,"type":1,"phase":2,"cursor":"k","state":[{"data":3,"key":"a"}],"publish_debounce":50}}""",
        _codec.Result(1, new SubscribeResult
        {
            Expires = true,
            TtlSeconds = 9,
            Recoverable = true,
            Position = new StreamPosition(3, "e"),
            Publications = [new Publication { Data = "1".Utf8(), Offset = 4 }],
            Recovered = true,
            Positioned = true,
            Data = "2".Utf8(),
            WasRecovering = true,
            Id = 8,
            Type = Messaging.Channels.SubscriptionType.Map,
            Phase = SubscriptionPhase.State,
            Cursor = "k",
            State = [new Publication { Data = "3".Utf8(), Key = "a" }],
            PublishDebounceMs = 50,
        }));

    [Fact]
    public void With_delta_recovered_payloads_are_strings_too() => ShouldBe(
        """{"id":1,"subscribe":{"publications":[{"data":"{\"a\":1}","offset":1},{"data":"8\n4@0,","offset":2,"delta":true}],"delta":true}}""",
        _codec.Result(1, new SubscribeResult
        {
            Delta = true,
            Publications =
            [
                new Publication { Data = "{\"a\":1}".Utf8(), Offset = 1 },
                new Publication { Data = "8\n4@0,".Utf8(), Offset = 2, IsDelta = true },
            ],
        }));

    [Fact]
    public void The_other_results_are_written()
    {
        ShouldBe("""{"id":1,"rpc":{"data":[1]}}""", _codec.Result(1, new RpcResult { Data = "[1]".Utf8() }));
        ShouldBe("""{"id":1,"presence_stats":{"num_clients":3,"num_users":2}}""", _codec.Result(1, new PresenceStatsResult { NumClients = 3, NumUsers = 2 }));
        ShouldBe(
            """{"id":1,"refresh":{"client":"c","version":"1","expires":true,"ttl":60}}""",
            _codec.Result(1, new RefreshResult { Client = "c", Version = "1", Expires = true, TtlSeconds = 60 }));
        ShouldBe(
            """{"id":1,"sub_refresh":{"expires":true,"ttl":60,"items":[{"data":1,"key":"k","version":7}]}}""",
            _codec.Result(1, new SubRefreshResult { Expires = true, TtlSeconds = 60, Items = [new Publication { Data = "1".Utf8(), Key = "k", Version = 7 }] }));
        ShouldBe(
            """{"id":1,"history":{"publications":[{"data":1,"offset":9}],"epoch":"e","offset":9}}""",
            _codec.Result(1, new HistoryResult { Publications = [new Publication { Data = "1".Utf8(), Offset = 9 }], Position = new StreamPosition(9, "e") }));
        ShouldBe(
            """{"id":1,"presence":{"presence":{"c1":{"user":"ann","client":"c1","conn_info":{"n":1},"chan_info":2}}}}""",
            _codec.Result(1, new PresenceResult { Presence = new Dictionary<string, ClientInfo> { ["c1"] = Ann } }));
    }

    [Fact]
    public void An_error_says_code_message_and_whether_it_is_temporary()
    {
        ShouldBe("""{"id":2,"error":{"code":103,"message":"permission denied"}}""", _codec.Error(2, ClientErrors.PermissionDenied));
        ShouldBe("""{"id":2,"error":{"code":100,"message":"internal server error","temporary":true}}""", _codec.Error(2, ClientErrors.Internal));
    }

    [Fact]
    public void A_publication_is_pushed_with_all_its_fields() => ShouldBe(
        """{"push":{"channel":"news","pub":{"data":{"x":1},"info":{"user":"ann","client":"c1","conn_info":{"n":1},"chan_info":2},"offset":5,"tags":{"t":"v"},"time":6,"channel":"news.a","key":"k","removed":true,"score":-7,"epoch":"e","version":8}}}""",
        _codec.Publication(News, new Publication
        {
            Data = "{\"x\":1}".Utf8(),
            Info = Ann,
            Offset = 5,
            Tags = new Dictionary<string, string> { ["t"] = "v" },
            Time = 6,
            Channel = "news.a",
            Key = "k",
            IsRemoval = true,
            Score = -7,
            Epoch = "e",
            Version = 8,
        }));

    [Fact]
    public void A_channel_may_be_named_by_its_number() => ShouldBe(
        """{"push":{"id":12,"pub":{"data":1}}}""",
        _codec.Publication(PushTarget.ById(12), new Publication { Data = "1".Utf8() }));

    [Fact]
    public void Every_push_is_written()
    {
        ShouldBe("""{"push":{"channel":"news","join":{"info":{"user":"u","client":"c"}}}}""", _codec.Push(News, new JoinPush(new ClientInfo("u", "c"))));
        ShouldBe("""{"push":{"channel":"news","leave":{"info":{"user":"u","client":"c"}}}}""", _codec.Push(News, new LeavePush(new ClientInfo("u", "c"))));
        ShouldBe("""{"push":{"channel":"news","unsubscribe":{"code":2500,"reason":"insufficient state"}}}""", _codec.Push(News, new UnsubscribePush(2500, "insufficient state")));
        ShouldBe("""{"push":{"message":{"data":1}}}""", _codec.Push(PushTarget.None, new MessagePush("1".Utf8())));
        ShouldBe(
            """{"push":{"channel":"news","subscribe":{"recoverable":true,"epoch":"e","offset":3,"positioned":true,"data":1}}}""",
            _codec.Push(News, new SubscribePush(new SubscribeResult { Recoverable = true, Positioned = true, Position = new StreamPosition(3, "e"), Data = "1".Utf8() })));
        ShouldBe("""{"push":{"disconnect":{"code":3001,"reason":"shutdown","reconnect":true}}}""", _codec.Push(PushTarget.None, new DisconnectPush(Disconnects.Shutdown)));
        ShouldBe("""{"push":{"disconnect":{"code":3501,"reason":"bad request"}}}""", _codec.Push(PushTarget.None, new DisconnectPush(Disconnects.BadRequest)));
        ShouldBe("""{"push":{"refresh":{"expires":true,"ttl":60}}}""", _codec.Push(PushTarget.None, new RefreshPush(true, 60)));
    }

    [Fact]
    public void One_way_transports_get_bare_pushes()
    {
        var codec = new JsonCodec(PushEnvelope.Bare);

        ShouldBe("""{"connect":{"client":"c","ping":25}}""", codec.Push(PushTarget.None, new ConnectPush(new ConnectResult { Client = "c", PingSeconds = 25 })));
        ShouldBe("""{"channel":"news","pub":{"data":1}}""", codec.Publication(News, new Publication { Data = "1".Utf8() }));
    }

    [Fact]
    public void A_raw_newline_never_gets_into_a_message()
    {
        var bytes = _codec.Publication(News, new Publication { Data = "{\r\n  \"a\": \"x\\ny\",\n  \"b\": 1\n}\n".Utf8() });

        ShouldBe("""{"push":{"channel":"news","pub":{"data":{  "a": "x\ny",  "b": 1}}}}""", bytes);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":")]
    [InlineData(" ")]
    [InlineData("'a'")]
    [InlineData("\"a\nb\"")]
    public void A_payload_that_is_no_JSON_cannot_be_written(string payload)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.False(_codec.WritePublication(output, News, new Publication { Data = payload.Utf8() }, deltaNegotiated: false));
        Assert.False(_codec.WriteResult(output, 1, new RpcResult { Data = payload.Utf8() }));
        Assert.False(_codec.WritePush(output, PushTarget.None, new MessagePush(payload.Utf8())));
    }

    [Fact]
    public void Info_of_a_client_that_is_no_JSON_is_left_out() => ShouldBe(
        """{"push":{"channel":"news","join":{"info":{"user":"u","client":"c","chan_info":1}}}}""",
        _codec.Push(News, new JoinPush(new ClientInfo("u", "c", "no json".Utf8(), "1".Utf8()))));

    [Fact]
    public void Publications_that_are_no_JSON_are_left_out_of_a_list() => ShouldBe(
        """{"id":1,"history":{"publications":[{"data":1}],"epoch":"e","offset":2}}""",
        _codec.Result(1, new HistoryResult
        {
            Publications = [new Publication { Data = "no json".Utf8() }, new Publication { Data = "1".Utf8() }],
            Position = new(2, "e"),
        }));

    [Fact]
    public void A_payload_as_text_needs_only_to_be_UTF8()
    {
        var output = new ArrayBufferWriter<byte>();

        ShouldBe("""{"push":{"channel":"news","pub":{"data":"é\n1"}}}""", _codec.Publication(News, new Publication { Data = "é\n1".Utf8() }, deltaNegotiated: true));
        Assert.False(_codec.WritePublication(output, News, new Publication { Data = new byte[] { 0xC3 } }, deltaNegotiated: true));
    }

    [Fact]
    public void A_message_after_one_that_failed_is_whole()
    {
        _codec.WriteResult(new ArrayBufferWriter<byte>(), 1, new RpcResult { Data = "{".Utf8() });

        ShouldBe("""{"id":2,"rpc":{"data":1}}""", _codec.Result(2, new RpcResult { Data = "1".Utf8() }));
    }

    [Fact]
    public void The_ping_is_literal()
    {
        ShouldBe("{}", _codec.Ping);
    }

    private static void ShouldBe(string expected, ReadOnlySpan<byte> actual) => Assert.Equal(expected, Encoding.UTF8.GetString(actual));
}

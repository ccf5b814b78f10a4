using System.Text;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Model;
using Duplex.Centrifuge.Tests.Codecs;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Tests.Json;

public sealed class JsonCommandTests
{
    private readonly JsonCodec _codec = new();

    [Fact]
    public void Connect_is_read_with_all_its_fields()
    {
        var connect = _codec.ShouldRead<ConnectRequest>(
            """{"id":1,"connect":{"token":"t","data":{"a":[1]},"name":"js","version":"5.8","headers":{"Authorization":"b"},"flag":3,"subs":{"news":{"recover":true,"epoch":"e","offset":7}}}}""");

        Assert.Equal("t", connect.Token);
        Assert.Equal("""{"a":[1]}""", connect.Data.Text());
        Assert.Equal(("js", "5.8", 3L), (connect.Name, connect.Version, connect.Flag));
        Assert.Equal("b", connect.Headers["authorization"]);
        var sub = connect.Subs["news"];
        Assert.True(sub.Recover);
        Assert.Equal(new StreamPosition(7, "e"), sub.Since);
    }

    [Fact]
    public void Subscribe_is_read_with_all_its_fields()
    {
        var subscribe = _codec.ShouldRead<SubscribeRequest>(
            """{"id":2,"subscribe":{"channel":"c","token":"t","recover":true,"epoch":"e","offset":18446744073709551615,"data":"d","positioned":true,"recoverable":true,"join_leave":true,"delta":"fossil","flag":2,"type":4,"phase":2,"cursor":"k","limit":-5,"asc":true,"tf":{"op":"and","nodes":[{"key":"k","cmp":"in","vals":["a","b"]},{"key":"l","cmp":"eq","val":"v"}]}}}""");

        Assert.Equal(("c", "t", true, "k"), (subscribe.Channel, subscribe.Token, subscribe.Delta, subscribe.Cursor));
        Assert.Equal(new StreamPosition(ulong.MaxValue, "e"), subscribe.Since);
        Assert.Equal("\"d\"", subscribe.Data.Text());
        Assert.True(subscribe is { Recover: true, Positioned: true, Recoverable: true, JoinLeave: true, Ascending: true });
        Assert.Equal((SubscribeFlags.RejectUnrecovered, SubscriptionType.SharedPoll, SubscriptionPhase.State, -5),
            (subscribe.Flag, subscribe.Type, subscribe.Phase, subscribe.Limit));
        var filter = subscribe.TagsFilter!;
        Assert.Equal("and", filter.Op);
        Assert.Equal(["a", "b"], filter.Nodes[0].Vals);
        Assert.Equal(("l", "eq", "v"), (filter.Nodes[1].Key, filter.Nodes[1].Cmp, filter.Nodes[1].Val));
    }

    [Fact]
    public void The_other_requests_are_read()
    {
        Assert.Equal("c", _codec.ShouldRead<UnsubscribeRequest>("""{"id":1,"unsubscribe":{"channel":"c"}}""").Channel);
        Assert.Equal("c", _codec.ShouldRead<PresenceRequest>("""{"id":1,"presence":{"channel":"c"}}""").Channel);
        Assert.Equal("c", _codec.ShouldRead<PresenceStatsRequest>("""{"id":1,"presence_stats":{"channel":"c"}}""").Channel);
        Assert.Equal("t", _codec.ShouldRead<RefreshRequest>("""{"id":1,"refresh":{"token":"t"}}""").Token);
        Assert.Equal("[1]", _codec.ShouldRead<SendRequest>("""{"send":{"data":[1]}}""").Data.Text());

        var publish = _codec.ShouldRead<PublishRequest>("""{"id":1,"publish":{"channel":"c","data":1.50,"type":1,"key":"k","removed":true}}""");
        Assert.Equal(("c", "1.50", SubscriptionType.Map, "k", true), (publish.Channel, publish.Data.Text(), publish.Type, publish.Key, publish.Removed));

        var rpc = _codec.ShouldRead<RpcRequest>("""{"id":1,"rpc":{"method":"m","data":"x"}}""");
        Assert.Equal(("m", "\"x\""), (rpc.Method, rpc.Data.Text()));

        var history = _codec.ShouldRead<HistoryRequest>("""{"id":1,"history":{"channel":"c","limit":-1,"since":{"offset":3,"epoch":"e"},"reverse":true}}""");
        Assert.Equal(("c", -1, new StreamPosition(3, "e"), true), (history.Channel, history.Limit, history.Since!.Value, history.Reverse));

        var track = _codec.ShouldRead<SubRefreshRequest>(
            """{"id":1,"sub_refresh":{"channel":"c","token":"t","type":1,"track":[{"signature":"s","items":[{"key":"k","version":9}]}],"untrack":["u"]}}""");
        Assert.Equal(("c", "t", SubRefreshType.Track), (track.Channel, track.Token, track.Type));
        Assert.Equal("s", track.Track[0].Signature);
        Assert.Equal(new PolledKey("k", 9), track.Track[0].Keys[0]);
        Assert.Equal(["u"], track.Untrack);
    }

    [Fact]
    public void An_absent_since_differs_from_a_zero_one()
    {
        Assert.Null(_codec.ShouldRead<HistoryRequest>("""{"id":1,"history":{"channel":"c","since":null}}""").Since);
        Assert.Equal(new StreamPosition(0, ""), _codec.ShouldRead<HistoryRequest>("""{"id":1,"history":{"channel":"c","since":{}}}""").Since);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":0}""")]
    [InlineData("""{"connect":null}""")]
    public void An_empty_command_is_a_pong(string text) =>
        Assert.Equal(new Command(0, null), Assert.Single(_codec.ShouldReadAll(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void A_ping_with_an_id_holds_no_request_that_counts() =>
        Assert.Equal(new Command(5, null), Assert.Single(_codec.ShouldReadAll("""{"id":5,"ping":{}}"""u8)));

    [Fact]
    public void A_frame_holds_several_commands_and_may_end_with_a_newline()
    {
        var commands = _codec.ShouldReadAll("{\"id\":1,\"connect\":{}}\n{}\n{\"id\":2,\"subscribe\":{\"channel\":\"a\"}}\n"u8);

        Assert.Collection(
            commands,
            command => Assert.IsType<ConnectRequest>(command.Request),
            command => Assert.Null(command.Request),
            command => Assert.Equal((2u, "a"), (command.Id, Assert.IsType<SubscribeRequest>(command.Request).Channel)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void A_frame_without_commands_ends_at_once(string frame) =>
        Assert.Empty(_codec.ShouldReadAll(Encoding.UTF8.GetBytes(frame)));

    [Theory]
    [InlineData("""{"id":1,"sub_refresh":{},"refresh":{},"send":{},"rpc":{},"history":{},"presence_stats":{},"presence":{},"publish":{},"unsubscribe":{},"subscribe":{},"connect":{}}""", typeof(ConnectRequest))]
    [InlineData("""{"id":1,"sub_refresh":{},"refresh":{},"send":{},"rpc":{},"history":{},"presence_stats":{},"presence":{},"publish":{},"unsubscribe":{},"subscribe":{},"connect":null}""", typeof(SubscribeRequest))]
    [InlineData("""{"id":1,"sub_refresh":{},"refresh":{},"send":{},"rpc":{},"history":{}}""", typeof(HistoryRequest))]
    [InlineData("""{"id":1,"sub_refresh":{},"refresh":{},"send":{},"rpc":{}}""", typeof(RpcRequest))]
    [InlineData("""{"id":1,"sub_refresh":{},"refresh":{},"send":{}}""", typeof(SendRequest))]
    [InlineData("""{"id":1,"sub_refresh":{},"refresh":{}}""", typeof(RefreshRequest))]
    public void Of_several_requests_the_first_in_the_order_of_dispatch_counts(string text, Type expected) =>
        Assert.IsType(expected, Assert.Single(_codec.ShouldReadAll(Encoding.UTF8.GetBytes(text))).Request);

    [Fact]
    public void Unknown_fields_are_passed_over()
    {
        var publish = _codec.ShouldRead<PublishRequest>(
            """{"new":{"a":[{}]},"id":1,"publish":{"x":null,"channel":"c","y":[1,{"z":2}],"data":{}},"later":"v"}""");

        Assert.Equal(("c", "{}"), (publish.Channel, publish.Data.Text()));
    }

    [Fact]
    public void Names_and_texts_may_be_escaped()
    {
        var publish = _codec.ShouldRead<PublishRequest>("{\"id\":1,\"\\u0070ublish\":{\"channel\":\"\\u00e9\\ud83d\\ude00\",\"data\":\"\\u00e9\"}}");

        Assert.Equal("é😀", publish.Channel);
        Assert.Equal("\"\\u00e9\"", publish.Data.Text());
    }

    [Fact]
    public void A_payload_outlives_the_frame_it_came_in()
    {
        var frame = """{"id":1,"send":{"data":"kept"}}"""u8.ToArray();
        var send = _codec.ShouldRead<SendRequest>(frame);
        Array.Clear(frame);

        Assert.Equal("\"kept\"", send.Data.Text());
    }

    [Fact]
    public void A_bare_connect_is_read_for_one_way_transports()
    {
        Assert.True(_codec.TryReadConnect("""{"token":"t","subs":{"a":{}}}"""u8, out var request, out _));
        Assert.Equal("t", request.Token);
        Assert.Equal(["a"], request.Subs.Keys);
        Assert.False(_codec.TryReadConnect("""["t"]"""u8, out _, out _));
    }

    [Fact]
    public void An_emulation_request_carries_commands_as_text()
    {
        Assert.True(_codec.TryReadEmulation("""{"session":"s","node":"n","data":"{\"id\":1}\n{}"}"""u8, out var request, out _));
        Assert.Equal(("s", "n", "{\"id\":1}\n{}"), (request.Session, request.Node, request.Data.Text()));
    }
}

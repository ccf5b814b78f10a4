using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>Messages, control frames and the close handshake. RFC 6455 sections 5.5 and 7.</summary>
public sealed class ProtocolConnectionTests
{
    private readonly TestShard _shard = new();
    private readonly RecordingHandler _handler = new();

    [Fact]
    public void Message_is_delivered_and_the_answer_framed()
    {
        _handler.OnText = (connection, _) => connection.Send("ok"u8, MessageType.Text);
        var connection = Open();
        connection.Feed("81 82 00 00 00 00 68 69");
        Assert.Equal(["open", "hi"], _handler.Calls);
        Assert.Equal("81026F6B", connection.Sent);
    }

    [Fact]
    public void Prepared_message_goes_out_as_it_is()
    {
        var message = PreparedMessage.Create("ok"u8, MessageType.Binary);
        var connection = Open();
        _shard.Turn(() => connection.Send(message));
        Assert.Equal("82026F6B", connection.Sent);
        message.Release();
    }

    [Fact]
    public void Ping_between_fragments_is_answered_before_the_message()
    {
        _handler.OnText = (connection, _) => connection.Send("ok"u8, MessageType.Text);
        var connection = Open();
        connection.Feed("01 81 00 00 00 00 61 89 81 00 00 00 00 70 80 81 00 00 00 00 62");
        Assert.Equal("8A0170" + "81026F6B", connection.Sent);
    }

    [Fact]
    public void Pings_of_one_read_are_each_answered_in_order()
    {
        var connection = Open();
        connection.Feed(string.Concat(Enumerable.Range(0, 16).Select(i => $"89 81 00 00 00 00 {i:X2}")));
        Assert.Equal(string.Concat(Enumerable.Range(0, 16).Select(i => $"8A01{i:X2}")), connection.Sent);
    }

    [Fact]
    public void Flood_of_pings_in_one_read_is_answered_by_the_newest_beyond_the_first_sixteen()
    {
        var connection = Open();
        connection.Feed(string.Concat(Enumerable.Repeat("89 81 00 00 00 00 61", 1000)) + "89 80 00 00 00 00" + "89 81 00 00 00 00 62");
        Assert.Equal(string.Concat(Enumerable.Repeat("8A0161", 16)) + "8A0162", connection.Sent);
    }

    [Fact]
    public void Peers_close_is_echoed_with_its_code()
    {
        var connection = Open();
        connection.Feed("88 85 00 00 00 00 0F A0 62 79 65");
        Assert.Equal("88020FA0", connection.Sent);
        Assert.Equal(["open", "closed ClosedByPeer 4000 bye"], _handler.Calls);
        Assert.False(connection.Finished);
    }

    [Fact]
    public void Peers_close_without_a_code_is_echoed_without_one()
    {
        var connection = Open();
        connection.Feed("88 80 00 00 00 00");
        Assert.Equal("8800", connection.Sent);
        Assert.Equal("closed ClosedByPeer 1005", _handler.Calls[^1]);
    }

    [Fact]
    public void Our_close_waits_for_the_peers_and_drops_data_in_between()
    {
        var connection = Open();
        _shard.Turn(() => connection.Close(CloseCode.NormalClosure, "done"));
        connection.Feed("81 81 00 00 00 00 61");
        Assert.Equal(["open"], _handler.Calls);
        connection.Feed("88 82 00 00 00 00 03 E8");
        Assert.Equal("880603E8646F6E65", connection.Sent);
        Assert.Equal(["open", "closed ClosedByApplication 1000"], _handler.Calls);
    }

    [Fact]
    public void Nothing_is_sent_after_our_close()
    {
        var connection = Open();
        _shard.Turn(() =>
        {
            connection.Close(CloseCode.NormalClosure);
            connection.Send("late"u8, MessageType.Text);
            connection.Close(CloseCode.GoingAway);
        });
        connection.Feed("89 80 00 00 00 00");
        Assert.Equal("880203E8", connection.Sent);
    }

    [Fact]
    public void Fault_closes_with_its_code_and_lingers_for_it_to_arrive()
    {
        var connection = Open();
        connection.Feed("81 81 00 00 00 00 FF");
        Assert.Equal("883503EF" + Convert.ToHexString("A text message is not UTF-8 (RFC 6455 section 8.1)."u8), connection.Sent);
        Assert.Equal("closed InvalidText 1007 A text message is not UTF-8 (RFC 6455 section 8.1).", _handler.Calls[^1]);
        Assert.True(connection.Finished);
    }

    [Fact]
    public void Fault_after_our_close_sends_no_second_close()
    {
        var connection = Open();
        _shard.Turn(() => connection.Close(CloseCode.NormalClosure));
        connection.Feed("83 80 00 00 00 00");
        Assert.Equal("880203E8", connection.Sent);
        Assert.StartsWith("closed ProtocolError 1002", _handler.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Handler_that_throws_closes_1011()
    {
        _handler.OnText = (_, _) => throw new InvalidOperationException("handler");
        var connection = Open();
        connection.Feed("81 81 00 00 00 00 61 81 81 00 00 00 00 62");
        Assert.Equal("880203F3", connection.Sent);
        Assert.Equal(["open", "a", "closed HandlerFailed 1011"], _handler.Calls);
    }

    [Fact]
    public void Handler_that_throws_on_open_closes_1011()
    {
        _handler.OnOpened = _ => throw new InvalidOperationException("handler");
        Assert.Equal("880203F3", Open().Sent);
    }

    [Fact]
    public void Transport_that_ends_without_a_close_frame_reads_as_1006()
    {
        var connection = Open();
        connection.EndTransport();
        Assert.Equal("closed TransportLost 1006", _handler.Calls[^1]);
    }

    [Fact]
    public void Abort_inside_a_message_ends_delivery_and_closes_after_the_call()
    {
        _handler.OnText = (connection, _) =>
        {
            connection.Abort();
            _handler.Calls.Add("aborted");
        };
        var connection = Open();
        connection.Feed("81 81 00 00 00 00 61 81 81 00 00 00 00 62");
        Assert.Equal(["open", "a", "aborted", "closed Aborted 1006"], _handler.Calls);
        Assert.True(connection.IsDropped);
    }

    [Fact]
    public void Abort_from_another_thread_happens_on_the_owner()
    {
        var connection = Open();
        connection.Abort();
        Assert.False(connection.IsDropped);
        _shard.Turn(() => { });
        Assert.True(connection.IsDropped);
    }

    [Fact]
    public void Queue_above_its_high_water_mark_is_not_writable_until_half_has_left()
    {
        var connection = Open(new WebSocketConnectionOptions { SendHighWaterBytes = 100, MaxQueuedBytes = 1000 });
        connection.IsStalled = true;
        _shard.Turn(() => connection.Send(new byte[110], MessageType.Binary));
        Assert.False(connection.IsWritable);
        connection.Take(50);
        Assert.False(connection.IsWritable);
        connection.Take(20);
        Assert.True(connection.IsWritable);
        Assert.Equal(["open", "writable"], _handler.Calls);
    }

    [Fact]
    public void Queue_above_its_limit_drops_the_connection()
    {
        var connection = Open(new WebSocketConnectionOptions { SendHighWaterBytes = 100, MaxQueuedBytes = 1000 });
        connection.IsStalled = true;
        _shard.Turn(() =>
        {
            for (var i = 0; i < 12; i++) connection.Send(new byte[98], MessageType.Binary);
        });
        Assert.True(connection.IsDropped);
        Assert.Equal("closed SendQueueFull 1006", _handler.Calls[^1]);
    }

    [Fact]
    public void One_frame_may_be_larger_than_the_limit_and_the_next_one_is_refused()
    {
        var connection = Open(new WebSocketConnectionOptions { SendHighWaterBytes = 100, MaxQueuedBytes = 1000 });
        connection.IsStalled = true;
        _shard.Turn(() => connection.Send(new byte[5000], MessageType.Binary));
        connection.Feed("89 80 00 00 00 00");
        Assert.False(connection.IsDropped);

        connection.Take(connection.Queued);
        _shard.Turn(() => connection.SendPart(new byte[5000], MessageType.Binary, isLast: false));
        connection.Take(4500);
        _shard.Turn(() => connection.SendPart(new byte[5000], MessageType.Binary, isLast: true));
        Assert.False(connection.IsDropped);

        using var _ = new PreparedScope(out var prepared);
        _shard.Turn(() => connection.Send(prepared));
        Assert.True(connection.IsDropped);
        Assert.Equal("closed SendQueueFull 1006", _handler.Calls[^1]);
    }

    [Fact]
    public void Close_frame_follows_a_frame_that_is_larger_than_the_limit()
    {
        var connection = Open(new WebSocketConnectionOptions { SendHighWaterBytes = 100, MaxQueuedBytes = 1000 });
        connection.IsStalled = true;
        _shard.Turn(() =>
        {
            connection.Send(new byte[5000], MessageType.Binary);
            connection.Close((CloseCode)3001);
        });
        Assert.EndsWith("88020BB9", connection.Sent, StringComparison.Ordinal);
        Assert.False(connection.IsDropped);
    }

    [Fact]
    public void Peer_that_pings_and_never_reads_is_held_up_and_dropped_although_it_pings_on()
    {
        var ping = "89 FD 00 00 00 00" + new string('0', 250);
        var connection = Open();
        connection.IsStalled = true;
        for (var i = 0; connection.IsWritable; i++)
        {
            Assert.InRange(i, 0, 1000);
            connection.Feed(ping);
        }

        var queued = connection.Queued;
        Assert.InRange(queued, 64 * 1024, (64 * 1024) + 4096);
        Assert.True(connection.HoldsUpPeer);
        for (var second = 0; second < 36; second++)
        {
            connection.Feed(ping);
            _shard.Pass(1);
        }

        // Our ping has been queued, and no further pong.
        Assert.InRange(connection.Queued, queued, queued + 6);
        Assert.Equal("closed PingTimeout 1006", _handler.Calls[^1]);
    }

    [Fact]
    public void Queue_of_awaited_sends_does_not_hold_up_the_peer_and_its_pings_are_answered_by_one_pong()
    {
        var handler = new AwaitedHandler(receiveQueueBytes: 64 * 1024);
        var connection = TestConnection.Open(_shard, handler, new WebSocketConnectionOptions { SendHighWaterBytes = 100, MaxQueuedBytes = 1000 });
        connection.IsStalled = true;
        _shard.Turn(() => connection.Send(new byte[110], MessageType.Binary));
        Assert.False(connection.IsWritable);
        Assert.False(connection.HoldsUpPeer);

        connection.ClearSent();
        for (var i = 0; i < 40; i++) connection.Feed($"89 81 00 00 00 00 {i:X2} 82 81 00 00 00 00 61");
        Assert.Equal((112, ""), (connection.Queued, connection.Sent));
        Assert.Equal(40, handler.Inbox.Count);

        connection.Take(112);
        Assert.Equal("8A0127", connection.Sent);
    }

    [Fact]
    public void Queue_of_answers_holds_up_the_peer_until_half_has_left()
    {
        var connection = Open(new WebSocketConnectionOptions { SendHighWaterBytes = 100, MaxQueuedBytes = 1000 });
        connection.IsStalled = true;
        _shard.Turn(() => connection.Send(new byte[110], MessageType.Binary));
        Assert.True(connection.HoldsUpPeer);
        connection.Take(70);
        Assert.False(connection.HoldsUpPeer);
    }

    [Fact]
    public void Calls_from_another_thread_are_refused_and_say_what_to_do()
    {
        var connection = Open();
        using var _ = new PreparedScope(out var prepared);
        Action[] calls =
        [
            () => connection.Send("a"u8, MessageType.Text),
            () => connection.Send(new WebSocketMessage("a"u8, MessageType.Text)),
            () => connection.Send(prepared),
            () => connection.SendPart("a"u8, MessageType.Text, isLast: true),
            connection.ReceiveInParts,
            connection.PauseReceiving,
            connection.ResumeReceiving,
            connection.OnStopping,
            () => connection.Close(CloseCode.NormalClosure),
        ];
        foreach (var call in calls)
            Assert.Contains("connection.Shard.Post", Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
        Assert.Equal("", connection.Sent);
    }

    [Theory]
    [InlineData(0), InlineData(999), InlineData(1004), InlineData(1006), InlineData(1015), InlineData(2999), InlineData(5000)]
    public void Close_code_that_must_not_be_sent_is_refused_and_the_connection_left_as_it_was(int code)
    {
        var connection = Open();
        _shard.Turn(() => Assert.Throws<ArgumentOutOfRangeException>(() => connection.Close((CloseCode)code)));
        _shard.Turn(() => connection.Send("a"u8, MessageType.Text));
        Assert.Equal("810161", connection.Sent);
    }

    [Fact]
    public void Ended_connection_leaves_no_timer()
    {
        var connection = Open();
        connection.Feed("88 80 00 00 00 00");
        _shard.Pass(6);
        Assert.True(connection.IsDropped);
        Assert.Equal(0, _shard.ArmedTimers);
    }

    private TestConnection Open(WebSocketConnectionOptions? options = null) => TestConnection.Open(_shard, _handler, options);

    private readonly struct PreparedScope : IDisposable
    {
        private readonly PreparedMessage _message;

        public PreparedScope(out PreparedMessage message) => _message = message = PreparedMessage.Create("a"u8, MessageType.Text);

        public void Dispose() => _message.Release();
    }
}

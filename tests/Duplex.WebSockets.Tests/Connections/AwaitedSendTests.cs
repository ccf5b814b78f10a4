using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Sending;
using Duplex.WebSockets.Tests.Interop;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>
/// An awaited send completes in its call while the queue has room, wakes the shard once for all messages of a turn, and
/// otherwise waits; neither loses a message to a close, nor changes the order.
/// </summary>
public sealed class AwaitedSendTests
{
    private const int HighWater = 4096;
    private const string CloseByPeer = "88 82 00 00 00 00 0F A0";

    private readonly TestShard _shard = new();
    private readonly AwaitedHandler _handler = new(100_000);
    private readonly TestConnection _connection;
    private readonly AsyncConnection _application;

    public AwaitedSendTests()
    {
        _connection = TestConnection.Open(_shard, _handler, new WebSocketConnectionOptions { SendHighWaterBytes = HighWater, MaxQueuedBytes = null });
        _application = new AsyncConnection(_handler, _connection);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sends_before_a_turn_complete_at_once_and_wake_the_shard_once()
    {
        var payload = "a"u8.ToArray();
        for (var i = 0; i < 20; i++)
        {
            var sending = _application.SendAsync(payload, MessageType.Text, Token).AsTask();
            Assert.True(sending.IsCompletedSuccessfully && await sending);
            // The caller may reuse the memory of a message that is queued.
            payload[0]++;
        }

        Assert.Equal((1, ""), (_shard.Pending, _connection.Sent));
        _shard.RunAll();
        // The frames are those of the text "a" to "t".
        Assert.Equal(string.Concat(Enumerable.Range('a', 20).Select(letter => $"8101{letter:X2}")), _connection.Sent);

        Assert.True(Send("b").IsCompletedSuccessfully);
        Assert.Equal(1, _shard.Pending);
    }

    [Fact]
    public async Task Sends_beyond_the_high_water_mark_wait_until_the_queue_has_room()
    {
        _connection.IsStalled = true;
        Task<bool> sending;
        for (var sent = 0; ; sent++)
        {
            Assert.InRange(sent, 0, (HighWater / 100) + 1);
            sending = Send(new byte[100]);
            _shard.RunAll();
            if (!sending.IsCompleted) break;
            Assert.True(await sending);
        }

        Assert.InRange(_connection.Queued, HighWater, HighWater + 200);
        var behind = Send("behind");
        _connection.Take(_connection.Queued);
        Assert.True(await sending && await behind);
        Assert.True(Send("at once").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Sends_before_a_turn_are_accepted_up_to_the_high_water_mark()
    {
        var accepted = 0;
        var sending = Send(new byte[100]);
        for (; sending.IsCompleted; sending = Send(new byte[100])) accepted++;
        Assert.Equal(HighWater / (100 + FrameWriter.MaxHeaderBytes), accepted);
        _shard.RunAll();
        Assert.True(await sending);
        Assert.Equal(2 * 102 * (accepted + 1), _connection.Sent.Length);
    }

    [Fact]
    public async Task Sends_before_a_turn_are_bounded_below_a_high_water_mark_that_no_buffer_could_hold()
    {
        const int MessageBytes = 1024 * 1024;
        var handler = new AwaitedHandler(100_000);
        var connection = TestConnection.Open(
            _shard, handler, new WebSocketConnectionOptions { SendHighWaterBytes = int.MaxValue, MaxQueuedBytes = null });
        connection.IsStalled = true;
        var application = new AsyncConnection(handler, connection);
        var payload = new byte[MessageBytes];
        var accepted = 0;
        var sending = application.SendAsync(payload, MessageType.Binary, Token).AsTask();
        for (; sending.IsCompleted; sending = application.SendAsync(payload, MessageType.Binary, Token).AsTask()) accepted++;

        Assert.Equal(Outbox.MaxBytes / (MessageBytes + FrameWriter.MaxHeaderBytes), accepted);
        _shard.RunAll();
        Assert.True(await sending);
        Assert.Equal(accepted + 1, connection.Queued / MessageBytes);
        Assert.True(await application.SendAsync(payload, MessageType.Binary, Token));
    }

    [Fact]
    public async Task Message_larger_than_the_room_waits_for_a_turn_and_those_behind_it_keep_their_order()
    {
        Assert.True(Send("1").IsCompletedSuccessfully);
        var large = Send(new byte[2 * HighWater]);
        var behind = Send("3");
        Assert.False(large.IsCompleted || behind.IsCompleted);
        _shard.RunAll();
        Assert.True(await large && await behind);
        Assert.StartsWith("810131" + "827E2000" + "0000", _connection.Sent, StringComparison.Ordinal);
        Assert.EndsWith("0000" + "810133", _connection.Sent, StringComparison.Ordinal);
        Assert.True(Send("4").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Message_in_parts_makes_later_messages_wait_and_those_accepted_before_it_go_first()
    {
        var message = _application.BeginMessage(MessageType.Text);
        Assert.True(Send("1").IsCompletedSuccessfully);
        var part = message.WriteAsync("2"u8.ToArray(), Token).AsTask();
        var behind = Send("4");
        _shard.RunAll();
        await part;
        Assert.False(behind.IsCompleted);
        var late = Send("5");
        Assert.False(late.IsCompleted);
        var end = message.CompleteAsync(Token).AsTask();
        _shard.RunAll();
        await end;
        Assert.True(await behind && await late);
        Assert.Equal("810131" + "010132" + "8000" + "810134" + "810135", _connection.Sent);
    }

    [Fact]
    public async Task Cancelled_send_that_waits_is_not_sent_and_later_sends_complete_at_once_again()
    {
        var large = Send(new byte[2 * HighWater]);
        using var cancel = new CancellationTokenSource();
        var cancelled = _application.SendAsync("never", cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled);
        _shard.RunAll();
        Assert.True(await large);
        Assert.EndsWith("0000", _connection.Sent, StringComparison.Ordinal);

        Assert.True(Send("1").IsCompletedSuccessfully);
        Assert.True(_application.SendAsync("2", cancel.Token).AsTask().IsCanceled);
        _shard.RunAll();
        Assert.EndsWith("0000" + "810131", _connection.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepted_messages_leave_before_the_own_close_frame_and_later_sends_return_false()
    {
        Assert.True(Send("1").IsCompletedSuccessfully);
        var closing = _application.CloseAsync((CloseCode)4000, cancellationToken: Token);
        Assert.True(Send("2").IsCompletedSuccessfully);
        _shard.RunAll();
        Assert.Equal("810131" + "810132" + "88020FA0", _connection.Sent);
        var late = Send("3");
        Assert.False(late.IsCompleted);
        _connection.Feed(CloseByPeer);
        Assert.False(await late);
        Assert.True((await closing).IsNormal);
        Assert.Equal("810131" + "810132" + "88020FA0", _connection.Sent);
    }

    [Fact]
    public async Task Accepted_messages_leave_before_the_answer_to_the_peers_close_frame()
    {
        Assert.True(Send("1").IsCompletedSuccessfully);
        _connection.Feed("88 82 00 00 00 00 03 E8");
        Assert.Equal("810131" + "880203E8", _connection.Sent);
        var late = Send("2");
        _shard.RunAll();
        Assert.False(await late);
    }

    [Fact]
    public void Accepted_messages_leave_before_the_close_frame_of_a_host_that_stops()
    {
        Assert.True(Send("1").IsCompletedSuccessfully);
        _shard.Do(_connection.OnStopping);
        Assert.Equal("810131" + "880203E9", _connection.Sent);
    }

    [Fact]
    public async Task Dropped_connection_releases_what_was_accepted_and_later_sends_throw()
    {
        Assert.True(Send("1").IsCompletedSuccessfully);
        _shard.Do(_connection.Abort);
        _shard.RunAll();
        var late = Send("2");
        _shard.RunAll();
        await Assert.ThrowsAsync<WebSocketClosedException>(async () => await late);
        Assert.Equal("", _connection.Sent);
    }

    [Fact]
    public async Task Connection_that_fails_while_accepted_messages_exceed_its_limit_ends_once()
    {
        var handler = new AwaitedHandler(100_000);
        var connection = TestConnection.Open(_shard, handler, new WebSocketConnectionOptions { SendHighWaterBytes = HighWater, MaxQueuedBytes = HighWater });
        var application = new AsyncConnection(handler, connection);
        connection.IsStalled = true;
        while (application.SendAsync(new byte[100], Token).AsTask().IsCompleted)
        {
            // The last one waits.
        }

        for (var ping = 0; ping < 10; ping++) _shard.Do(() => connection.SendPing(new byte[125]));
        _shard.Turn(() => connection.OnDeadline(ProtocolWait.Message));

        Assert.Equal(EndReason.SendQueueFull, (await application.Completion).Reason);
        var late = application.SendAsync("late", Token).AsTask();
        _shard.RunAll();
        Assert.Null((await Assert.ThrowsAsync<WebSocketClosedException>(async () => await late)).Sent);
    }

    [Fact]
    public async Task Each_of_several_senders_keeps_its_order_and_loses_nothing()
    {
        const int Senders = 4, Count = 5000;
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        var sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAllAsync(sender), Token)));
        var next = new int[Senders];
        await foreach (var message in client.ReadAllAsync(Token))
        {
            var (sender, number) = (message.Payload.Span[0], BitConverter.ToInt32(message.Payload.Span[1..]));
            Assert.Equal(next[sender]++, number);
            if (next.Sum() == Senders * Count) break;
        }

        await sending;

        async Task SendAllAsync(int sender)
        {
            for (var i = 0; i < Count; i++)
            {
                // Some are larger than the queue's room, and some are sent in parts.
                var message = new byte[i % 500 == 0 ? 100_000 : 20];
                message[0] = (byte)sender;
                BitConverter.TryWriteBytes(message.AsSpan(1), i);
                if (i % 100 != 7)
                {
                    Assert.True(await client.SendAsync(message, Token));
                    continue;
                }

                await using var parts = client.BeginMessage(MessageType.Binary);
                await parts.WriteAsync(message.AsMemory(0, 10), Token);
                await parts.WriteAsync(message.AsMemory(10), Token);
                await parts.CompleteAsync(Token);
            }
        }
    }

    private Task<bool> Send(string text) => _application.SendAsync(text, Token).AsTask();

    private Task<bool> Send(byte[] payload) => _application.SendAsync(payload, Token).AsTask();
}

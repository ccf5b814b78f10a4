using System.Net.WebSockets;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Tests.Interop;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Client;

public sealed class WebSocketClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_that_come_together_with_the_answer_are_not_lost()
    {
        await using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.UpgradeAsync(stream, 0x81, 0x02, (byte)'h', (byte)'i', 0x88, 0x00);
            await ScriptedServer.ReadAsync(stream, 6);
        });
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        Assert.Equal(["hi"], await client.ReadAllAsync(Token).Select(message => message.GetText()).ToListAsync(Token));
    }

    // RFC 6455 section 5.3, with the key given from outside.
    [Fact]
    public async Task Client_masks_each_frame_with_a_new_key()
    {
        var received = Array.Empty<byte>();
        await using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.UpgradeAsync(stream);
            received = await ScriptedServer.ReadAsync(stream, 22);
        });
        uint key = 0;
        var options = new WebSocketClientOptions { MaskingKeys = () => ++key };
        var client = await WebSocketClient.ConnectAsync(server.Uri, options, Token);
        await client.SendAsync("Hello", Token);
        await client.SendAsync("Hello", Token);
        await client.Completion.WaitAsync(Token);
        Assert.Equal([0x81, 0x85, 1, 0, 0, 0, (byte)('H' ^ 1), (byte)'e', (byte)'l', (byte)'l', (byte)('o' ^ 1)], received[..11]);
        Assert.Equal([0x81, 0x85, 2, 0, 0, 0, (byte)('H' ^ 2), (byte)'e', (byte)'l', (byte)'l', (byte)('o' ^ 2)], received[11..]);
    }

    [Fact]
    public async Task Cancelling_a_wait_leaves_the_connection_alive()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        using (var cancel = new CancellationTokenSource())
        {
            var wait = client.ReadAllAsync(cancel.Token).FirstAsync(Token).AsTask();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        }

        await client.SendAsync("still here", Token);
        Assert.Equal("still here", (await client.ReadAllAsync(Token).FirstAsync(Token)).GetText());
    }

    [Fact]
    public async Task A_send_that_was_cancelled_is_not_sent_and_leaves_the_connection_alive()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.SendAsync("never", new CancellationToken(canceled: true)));
        await client.SendAsync("sent", Token);
        Assert.Equal("sent", (await client.ReadAllAsync(Token).FirstAsync(Token)).GetText());
    }

    [Theory]
    [InlineData(WebSocketCloseStatus.NormalClosure)]
    [InlineData(WebSocketCloseStatus.EndpointUnavailable)]
    public async Task A_normal_close_by_the_peer_ends_the_loop_without_an_exception(WebSocketCloseStatus status)
    {
        await using var server = await KestrelEchoServer.StartAsync(serve: async socket =>
        {
            await socket.SendAsync("last"u8.ToArray(), WebSocketMessageType.Text, true, Token);
            await socket.CloseAsync(status, null, Token);
        });
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        Assert.Equal(1, await client.ReadAllAsync(Token).CountAsync(Token));
        Assert.Equal((CloseCode)status, (await client.Completion).Code);
    }

    [Fact]
    public async Task An_abnormal_close_by_the_peer_throws_with_both_close_frames()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await client.SendAsync("close", Token);
        var exception = await Assert.ThrowsAsync<WebSocketClosedException>(async () => await client.ReadAllAsync(Token).CountAsync(Token));
        Assert.Equal(new ConnectionEnd(EndReason.ClosedByPeer, (CloseCode)4001, "as you wish"), exception.End);
        Assert.Equal(new CloseFrame((CloseCode)4001, "as you wish"), exception.Received);
        Assert.Equal((CloseCode)4001, exception.Sent?.Code);
        await Assert.ThrowsAsync<WebSocketClosedException>(async () => await client.SendAsync("too late", Token));
    }

    [Fact]
    public async Task A_connection_that_is_lost_throws_with_no_close_frame()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await client.SendAsync("drop", Token);
        var exception = await Assert.ThrowsAsync<WebSocketClosedException>(async () => await client.ReadAllAsync(Token).CountAsync(Token));
        Assert.Equal((EndReason.TransportLost, CloseCode.AbnormalClosure), (exception.End.Reason, exception.End.Code));
        Assert.Null(exception.Received);
        Assert.Null(exception.Sent);
    }

    [Fact]
    public async Task A_peer_that_breaks_the_protocol_is_told_so_and_the_exception_holds_what_was_sent()
    {
        var close = Array.Empty<byte>();
        await using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.UpgradeAsync(stream, 0x83, 0x00);
            close = await ScriptedServer.ReadAsync(stream, 65);
        });
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, new WebSocketClientOptions { MaskingKeys = () => 0 }, Token);
        var exception = await Assert.ThrowsAsync<WebSocketClosedException>(async () => await client.ReadAllAsync(Token).CountAsync(Token));
        Assert.Equal((EndReason.ProtocolError, CloseCode.ProtocolError), (exception.End.Reason, exception.Sent?.Code));
        Assert.Equal(new ProtocolFault(ProtocolFaultReason.ReservedOpcode, CloseCode.ProtocolError, 0), exception.End.Fault);
        Assert.Contains("at byte 0 of its stream: The opcode of a frame is reserved (RFC 6455 section 5.2).", exception.Message, StringComparison.Ordinal);
        await client.DisposeAsync();
        Assert.Equal([0x88, 0xBB, 0, 0, 0, 0, 0x03, 0xEA, .. "The opcode of a frame is reserved (RFC 6455 section 5.2)."u8], close);
    }

    // Closing over unread bytes would reset the connection, and the close frame would be lost: that for a violation
    // (RFC 6455 section 7.1.7), and the answer to the peer's own (section 5.5.1).
    [Theory]
    [InlineData(0x83, 65, new byte[] { 0x88, 0xBB, 0, 0, 0, 0, 0x03, 0xEA })]
    [InlineData(0x88, 6, new byte[] { 0x88, 0x80, 0, 0, 0, 0 })]
    public async Task A_close_frame_arrives_although_megabytes_come_behind_its_cause(byte cause, int length, byte[] start)
    {
        byte[] received = [];
        await using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.UpgradeAsync(stream, cause, 0x00);
            await stream.WriteAsync(new byte[8 * 1024 * 1024]);
            using var rest = new MemoryStream();
            await stream.CopyToAsync(rest);
            received = rest.ToArray();
        });
        var client = await WebSocketClient.ConnectAsync(server.Uri, new WebSocketClientOptions { MaskingKeys = () => 0 }, Token);
        await client.Completion.WaitAsync(Token);
        await client.DisposeAsync();
        Assert.Equal(length, received.Length);
        Assert.Equal(start, received[..start.Length]);
    }

    [Fact]
    public async Task CloseAsync_returns_what_the_peer_answered_and_leaves_received_messages_to_read()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        for (var i = 0; i < 10; i++) await client.SendAsync("m", Token);
        await using var messages = client.ReadAllAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await messages.MoveNextAsync());
        var end = await client.CloseAsync((CloseCode)4321, "bye", Token);
        Assert.Equal((EndReason.ClosedByApplication, (CloseCode)4321), (end.Reason, end.Code));
        while (await messages.MoveNextAsync()) Assert.Equal("m", messages.Current.GetText());
    }

    // RFC 6455 section 7.4.1: 1000, 1001 and no code at all are how an endpoint leaves that has nothing to complain about.
    [Theory]
    [InlineData(WebSocketCloseStatus.NormalClosure)]
    [InlineData(WebSocketCloseStatus.EndpointUnavailable)]
    public async Task A_reply_loop_ends_without_an_exception_when_the_peer_closes_normally(WebSocketCloseStatus status)
    {
        await using var server = await KestrelEchoServer.StartAsync(serve: async socket =>
        {
            for (var i = 0; i < 3; i++) await socket.SendAsync("question"u8.ToArray(), WebSocketMessageType.Text, true, Token);
            await socket.CloseAsync(status, null, Token);
        });
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        var sent = new List<bool>();
        await foreach (var message in client.ReadAllAsync(Token))
        {
            sent.Add(await client.SendAsync(message, Token));
        }

        Assert.Equal(3, sent.Count);
        Assert.False(await client.SendAsync("late", Token));
        Assert.False(await client.SendAsync(new byte[1], Token));
        Assert.True((await client.Completion).IsNormal);
    }

    [Theory]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(999)]
    [InlineData(5000)]
    public async Task A_code_that_must_not_be_sent_is_refused_early(int code)
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.CloseAsync((CloseCode)code, cancellationToken: Token));
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_a_bounded_number_of_bytes()
    {
        const int Limit = 100_000, Size = 10_000, Count = 2000;
        await using var server = await KestrelEchoServer.StartAsync(serve: async socket =>
        {
            for (var i = 0; i < Count; i++) await socket.SendAsync(new byte[Size], WebSocketMessageType.Binary, true, Token);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        });
        var options = new WebSocketClientOptions { MaxReceiveQueueBytes = Limit };
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, options, Token);
        var (count, most) = (0, 0L);
        await foreach (var message in client.ReadAllAsync(Token))
        {
            Assert.Equal(Size, message.Payload.Length);
            most = Math.Max(most, client.QueuedReceiveBytes);
            count++;
            await Task.Yield();
        }

        // What one read of the stream brought may come on top.
        Assert.Equal(Count, count);
        Assert.InRange(most, 1, Limit + (128 * 1024));
    }

    [Fact]
    public async Task A_peer_that_does_not_read_holds_up_sends_without_losing_them()
    {
        var start = new TaskCompletionSource();
        await using var server = await KestrelEchoServer.StartAsync(serve: async socket =>
        {
            await start.Task;
            var buffer = new byte[64 * 1024];
            var received = 0L;
            while (await socket.ReceiveAsync(buffer.AsMemory(), Token) is { MessageType: not WebSocketMessageType.Close } result) received += result.Count;
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, $"{received}", Token);
        });
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        Task last;
        var sent = 0;
        do
        {
            sent++;
            last = client.SendAsync(new byte[1_000_000], MessageType.Binary, Token).AsTask();
        }
        while (sent < 64);
        Assert.False(last.IsCompleted);
        start.SetResult();
        await last;
        var end = await client.CloseAsync(cancellationToken: Token);
        Assert.Equal($"{sent * 1_000_000}", end.CloseReason);
    }

    [Fact]
    public async Task Client_pings_by_itself_and_exposes_the_round_trip_time()
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.UpgradeAsync(stream, 0x81, 0x00);
            var ping = await ScriptedServer.ReadAsync(stream, 10);
            Assert.Equal(0x89, ping[0]);
            time.Advance(TimeSpan.FromMilliseconds(40));
            await stream.WriteAsync((byte[])[0x8A, 0x04, .. ping[6..], 0x81, 0x00]);
        });
        var options = new WebSocketClientOptions { Time = time, MaskingKeys = () => 0 };
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, options, Token);
        await using var messages = client.ReadAllAsync(Token).GetAsyncEnumerator(Token);
        await messages.MoveNextAsync();
        Assert.Null(client.RoundTripTime);
        time.Advance(TimeSpan.FromSeconds(26));
        await messages.MoveNextAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(40), client.RoundTripTime);
        await client.Completion.WaitAsync(Token);
    }
}

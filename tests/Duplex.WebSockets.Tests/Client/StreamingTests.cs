using System.Net.WebSockets;
using System.Security.Cryptography;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Tests.Interop;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Tests.Client;

/// <summary>One large message in either direction, never held as a whole.</summary>
public sealed class StreamingTests
{
    private const int Part = 64 * 1024, Parts = 512;

    private static readonly WebSocketClientOptions Large = new() { MaxReceiveQueueBytes = 256 * 1024, MaxMessageBytes = int.MaxValue };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_streams_to_a_server_that_streams_back(bool isCompressed)
    {
        var most = 0L;
        await using var server = new DuplexEchoServer(
            isCompressed ? new DeflateOptions { ServerContextTakeover = true } : null, () => new AsyncHandler(StreamBackAsync, 256 * 1024, NullLogger.Instance), int.MaxValue);
        var options = Large with { Compression = isCompressed ? new() { ClientContextTakeover = true } : null };
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, options, Token);
        Assert.Equal(isCompressed, client.IsCompressed);

        var sending = SendAsync();
        await using var messages = client.StreamAllAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await messages.MoveNextAsync());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[10_000];
        var total = 0L;
        while (await messages.Current.ReadAsync(buffer, Token) is var count and > 0)
        {
            most = Math.Max(most, client.QueuedReceiveBytes);
            hash.AppendData(buffer, 0, count);
            total += count;
        }

        Assert.Equal((long)Part * Parts, total);
        Assert.Equal(await sending, Convert.ToHexString(hash.GetHashAndReset()));
        // One part may come on top of the bound.
        Assert.InRange(most, 1, (256 + 256) * 1024);
        await client.CloseAsync(cancellationToken: Token);

        async Task<string> SendAsync()
        {
            using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var random = new Random(5);
            await using var message = client.BeginMessage(MessageType.Binary);
            for (var i = 0; i < Parts; i++)
            {
                var part = new byte[Part];
                random.NextBytes(part.AsSpan(0, Part / 4));
                sent.AppendData(part);
                await message.WriteAsync(part, Token);
            }

            await message.CompleteAsync(Token);
            return Convert.ToHexString(sent.GetHashAndReset());
        }

        static async Task StreamBackAsync(AsyncConnection connection)
        {
            await foreach (var incoming in connection.StreamAllAsync())
            {
                await using var outgoing = connection.BeginMessage(incoming.Type);
                await incoming.CopyToAsync(outgoing);
                await outgoing.CompleteAsync();
            }
        }
    }

    [Fact]
    public async Task Another_stack_receives_the_parts_of_a_message_as_one()
    {
        var received = 0L;
        var messages = 0;
        await using var server = await KestrelEchoServer.StartAsync(serve: async socket =>
        {
            var buffer = new byte[Part];
            while (await socket.ReceiveAsync(buffer.AsMemory(), Token) is { MessageType: not WebSocketMessageType.Close } result)
            {
                received += result.Count;
                if (result.EndOfMessage) messages++;
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        });
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await using (var message = client.BeginMessage(MessageType.Binary))
        {
            for (var i = 0; i < 50; i++) await message.WriteAsync(new byte[Part], Token);
            await message.CompleteAsync(Token);
        }

        await client.CloseAsync(cancellationToken: Token);
        Assert.Equal((50 * Part, 1), (received, messages));
    }

    [Fact]
    public async Task Other_messages_wait_until_the_message_is_complete()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await using var message = client.BeginMessage(MessageType.Text);
        await message.WriteAsync("a"u8.ToArray(), Token);
        var whole = client.SendAsync("whole", Token).AsTask();
        var second = client.BeginMessage(MessageType.Text);
        var other = second.WriteAsync("other"u8.ToArray(), Token).AsTask();
        using (var cancel = new CancellationTokenSource())
        {
            var cancelled = client.SendAsync("never", cancel.Token).AsTask();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        }

        await message.WriteAsync("b"u8.ToArray(), Token);
        Assert.False(whole.IsCompleted);
        Assert.False(other.IsCompleted);
        await message.CompleteAsync(Token);
        await whole;
        await other;
        await second.CompleteAsync(Token);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await message.WriteAsync("c"u8.ToArray(), Token));
        Assert.Equal(["ab", "whole", "other"], await client.ReadAllAsync(Token).Take(3).Select(received => received.GetText()).ToListAsync(Token));
    }

    [Fact]
    public async Task A_message_that_is_abandoned_closes_with_1011_and_is_never_taken_for_whole()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await using (client.BeginMessage(MessageType.Text))
        {
            // Nothing was sent of it, so nothing is lost.
        }

        await using (var message = client.BeginMessage(MessageType.Text)) await message.WriteAsync("half"u8.ToArray(), Token);
        var waiting = client.SendAsync("after", Token);
        var end = await client.Completion.WaitAsync(Token);
        Assert.Equal((EndReason.ClosedByApplication, CloseCode.InternalError), (end.Reason, end.Code));
        Assert.Equal(0, await client.ReadAllAsync(Token).CountAsync(Token));
        Assert.False(await waiting);
        await Assert.ThrowsAsync<WebSocketClosedException>(async () => await client.BeginMessage(MessageType.Text).WriteAsync("a"u8.ToArray(), Token));
    }

    [Fact]
    public async Task A_write_that_was_cancelled_is_not_sent_and_the_message_goes_on()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await using var message = client.BeginMessage(MessageType.Text);
        await message.WriteAsync("a"u8.ToArray(), Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await message.WriteAsync("never"u8.ToArray(), new CancellationToken(canceled: true)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await message.WriteAsync(new byte[] { 0xFF }, Token));
        await message.WriteAsync("b"u8.ToArray(), Token);
        await message.CompleteAsync(Token);
        Assert.Equal("ab", (await client.ReadAllAsync(Token).FirstAsync(Token)).GetText());
    }

    [Fact]
    public async Task Cancelling_a_read_leaves_the_message_and_the_connection_as_they_are()
    {
        var (server, client, peer) = await ConnectRawAsync();
        await using var _ = server;
        await using var __ = client;
        await using var messages = client.StreamAllAsync(Token).GetAsyncEnumerator(Token);
        var next = messages.MoveNextAsync();
        await peer.SendAsync(0x01, 0x02, (byte)'a', (byte)'b');
        Assert.True(await next);
        var message = messages.Current;
        var buffer = new byte[1];
        Assert.Equal(1, await message.ReadAsync(buffer, Token));
        Assert.Equal(1, await message.ReadAsync(buffer, Token));
        using (var cancel = new CancellationTokenSource())
        {
            var reading = message.ReadAsync(buffer, cancel.Token).AsTask();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }

        await peer.SendAsync(0x80, 0x01, (byte)'c');
        Assert.Equal("c", (await message.ReadToEndAsync(Token)).GetText());
        peer.Leave();
    }

    [Fact]
    public async Task A_message_that_the_connection_does_not_survive_throws_after_what_came_of_it()
    {
        var (server, client, peer) = await ConnectRawAsync();
        await using var _ = server;
        await using var __ = client;
        await using var messages = client.StreamAllAsync(Token).GetAsyncEnumerator(Token);
        var next = messages.MoveNextAsync();
        await peer.SendAsync(0x01, 0x01, (byte)'a');
        Assert.True(await next);
        peer.Leave();
        await client.Completion.WaitAsync(Token);
        var buffer = new byte[10];
        Assert.Equal(1, await messages.Current.ReadAsync(buffer, Token));
        await Assert.ThrowsAsync<WebSocketClosedException>(() => messages.Current.ReadToEndAsync(Token));
        await Assert.ThrowsAsync<WebSocketClosedException>(async () => await messages.MoveNextAsync());
    }

    [Fact]
    public async Task Going_on_to_the_next_message_discards_the_rest_of_the_one_before()
    {
        await using var server = await KestrelEchoServer.StartAsync(serve: async socket =>
        {
            for (var i = 0; i < 3; i++)
            {
                for (var part = 0; part < 40; part++) await socket.SendAsync(new byte[Part], WebSocketMessageType.Binary, part == 39, Token);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        });
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, Large, Token);
        var count = 0;
        await foreach (var message in client.StreamAllAsync(Token))
        {
            await message.ReadExactlyAsync(new byte[100], Token);
            count++;
        }

        Assert.Equal((3, 0), (count, client.QueuedReceiveBytes));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.ReadAllAsync(Token).CountAsync(Token));
    }

    private static async Task<(ScriptedServer Server, WebSocketClient Client, RawPeer Peer)> ConnectRawAsync()
    {
        var peer = new RawPeer();
        var server = new ScriptedServer(peer.RunAsync);
        return (server, await WebSocketClient.ConnectAsync(server.Uri, Large, Token), peer);
    }

    private sealed class RawPeer
    {
        private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task RunAsync(Stream stream)
        {
            await ScriptedServer.UpgradeAsync(stream);
            _stream.SetResult(stream);
            await _leaving.Task;
        }

        public async Task SendAsync(params byte[] bytes) => await (await _stream.Task).WriteAsync(bytes);

        public void Leave() => _leaving.TrySetResult();
    }
}

using System.Net.WebSockets;
using Duplex.Execution;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Adapters;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Tests.Connections;
using Duplex.WebSockets.Tests.Interop;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Adapters;

/// <summary>Duplex's handlers on a socket of another stack: here Kestrel's.</summary>
public sealed class WebSocketAsConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_serves_ClientWebSocket_on_Kestrels_socket()
    {
        var handler = new RecordingEchoHandler();
        await using var server = await StartAsync(handler);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(server.Uri, Token);
        await ConnectionAsWebSocketTests.EchoAsync(client);
        await client.CloseAsync((WebSocketCloseStatus)4000, "bye", Token);
        Assert.Equal((WebSocketCloseStatus)4000, client.CloseStatus);
        Assert.Equal(new ConnectionEnd(EndReason.ClosedByPeer, (CloseCode)4000, "bye"), await handler.Ended.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task A_close_by_the_handler_waits_for_the_peers()
    {
        var handler = new RecordingEchoHandler();
        await using var server = await StartAsync(handler);
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await client.SendAsync("close", Token);
        Assert.Equal((CloseCode)4001, (await client.Completion.WaitAsync(Token)).Code);
        Assert.Equal((EndReason.ClosedByApplication, (CloseCode)4001), (await handler.Ended.Task.WaitAsync(Token)) is var end ? (end.Reason, end.Code) : default);
    }

    [Fact]
    public async Task A_prepared_message_is_sent_and_released()
    {
        var handler = new RecordingEchoHandler { Greeting = PreparedMessage.Create("welcome"u8, MessageType.Text) };
        await using var server = await StartAsync(handler);
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        Assert.Equal("welcome", (await client.ReadAllAsync(Token).FirstAsync(Token)).GetText());
        await client.CloseAsync(cancellationToken: Token);
        await handler.Ended.Task.WaitAsync(Token);
        handler.Greeting.Release();
        Assert.Throws<ObjectDisposedException>(() => handler.Greeting.Frame);
    }

    [Fact]
    public async Task A_message_beyond_the_limit_closes_with_1009()
    {
        var handler = new RecordingEchoHandler();
        await using var server = await StartAsync(handler);
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await client.SendAsync(new byte[100_001], MessageType.Binary, Token);
        Assert.Equal(CloseCode.MessageTooBig, (await client.Completion.WaitAsync(Token)).Code);
        Assert.Equal(EndReason.LimitExceeded, (await handler.Ended.Task.WaitAsync(Token)).Reason);
    }

    [Fact]
    public async Task A_peer_that_vanishes_ends_the_connection()
    {
        var handler = new RecordingEchoHandler();
        await using var server = await StartAsync(handler);
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await handler.Opened.Task.WaitAsync(Token);
        client.Abort();
        Assert.Equal(EndReason.TransportLost, (await handler.Ended.Task.WaitAsync(Token)).Reason);
    }

    [Fact]
    public async Task A_handler_with_awaits_holds_up_a_peer_that_it_does_not_read()
    {
        // One message is above the bound, so that each is taken before the next one arrives.
        var handler = new AsyncHandler(EchoAsync, 1, NullLogger.Instance);
        await using var server = await StartAsync(handler);
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        for (var i = 0; i < 20; i++) await client.SendAsync($"{i}", Token);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), await client.ReadAllAsync(Token).Take(20).Select(message => message.GetText()).ToListAsync(Token));
        Assert.True((await client.CloseAsync(cancellationToken: Token)).IsNormal);

        static async Task EchoAsync(AsyncConnection connection)
        {
            await foreach (var message in connection.ReadAllAsync()) await connection.SendAsync(message);
        }
    }

    [Fact]
    public async Task A_connection_that_is_paused_ends_when_it_is_aborted()
    {
        var opened = new TaskCompletionSource<WebSocketConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new RecordingEchoHandler
        {
            Pausing = connection =>
            {
                connection.PauseReceiving();
                opened.TrySetResult(connection);
            },
        };
        await using var server = await StartAsync(handler);
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await client.SendAsync("unread", Token);
        (await opened.Task.WaitAsync(Token)).Abort();
        Assert.Equal(EndReason.Aborted, (await handler.Ended.Task.WaitAsync(Token)).Reason);
    }

    [Fact]
    public async Task A_full_send_queue_stops_reading_until_the_peer_takes_bytes()
    {
        using var socket = new ScriptedWebSocket();
        using var shard = new ThreadPoolShard(TimeProvider.System, NullLogger.Instance);
        var full = new TaskCompletionSource<WebSocketConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new RecordingHandler
        {
            OnText = (connection, text) =>
            {
                connection.Send(new byte[100], MessageType.Binary);
                if (!connection.IsWritable) full.TrySetResult(connection);
            },
        };
        for (var i = 0; i < 20; i++) socket.Arrive($"{i}");
        socket.Arrive(null);
        var options = new WebSocketConnectionOptions { SendHighWaterBytes = 450 };
        var run = new WebSocketAsConnection(socket, shard, handler, options, NullLogger.Instance).RunAsync();

        await full.Task.WaitAsync(Token);
        var receives = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        shard.Post(() => receives.SetResult(socket.Receives));
        // The first of the messages is being sent and still counts as queued.
        Assert.Equal(5, await receives.Task.WaitAsync(Token));

        socket.LetSendsGo();
        await run.WaitAsync(Token);
        Assert.Equal(20, handler.Calls.Count(call => int.TryParse(call, out _)));
        Assert.Equal("closed ClosedByPeer 1000 bye", handler.Calls[^1]);
    }

    [Fact]
    public async Task An_answer_to_a_message_before_the_peers_close_is_sent_before_the_close_frame()
    {
        using var socket = new ScriptedWebSocket();
        using var shard = new ThreadPoolShard(TimeProvider.System, NullLogger.Instance);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new AsyncHandler(
            async connection =>
            {
                await foreach (var message in connection.ReadAllAsync(Token))
                {
                    taken.SetResult();
                    await gate.Task;
                    await connection.SendAsync("answer to " + message.GetText(), Token);
                }
            },
            64 * 1024, NullLogger.Instance);
        socket.LetSendsGo();
        socket.Arrive("question");
        var run = new WebSocketAsConnection(socket, shard, handler, WebSocketConnectionOptions.Default, NullLogger.Instance).RunAsync();
        await taken.Task.WaitAsync(Token);
        socket.Arrive(null);
        gate.SetResult();
        await run.WaitAsync(Token);
        Assert.Equal("answer to question", await socket.Sent.ReadAsync(Token));
        Assert.Equal("close 1000", await socket.Sent.ReadAsync(Token));
    }

    [Fact]
    public async Task A_close_without_a_code_sends_1000_instead_of_1005()
    {
        using var socket = new ScriptedWebSocket();
        using var shard = new ThreadPoolShard(TimeProvider.System, NullLogger.Instance);
        socket.LetSendsGo();
        var handler = new RecordingHandler { OnOpened = static connection => connection.Close(CloseCode.NoStatusReceived) };
        var run = new WebSocketAsConnection(socket, shard, handler, WebSocketConnectionOptions.Default, NullLogger.Instance).RunAsync();
        Assert.Equal("close 1000", await socket.Sent.ReadAsync(Token));
        socket.Arrive(null);
        await run.WaitAsync(Token);
        Assert.Equal("closed ClosedByApplication 1000 bye", handler.Calls[^1]);
    }

    [Fact]
    public async Task A_peer_that_does_not_answer_the_close_ends_by_the_close_time_out()
    {
        using var socket = new ScriptedWebSocket();
        var time = new FakeTimeProvider();
        using var shard = new ThreadPoolShard(time, NullLogger.Instance);
        socket.LetSendsGo();
        var handler = new RecordingHandler { OnOpened = static connection => connection.Close((CloseCode)4000) };
        var run = new WebSocketAsConnection(socket, shard, handler, WebSocketConnectionOptions.Default, NullLogger.Instance).RunAsync();
        Assert.Equal("close 4000", await socket.Sent.ReadAsync(Token));
        time.Advance(TimeSpan.FromSeconds(6));
        await run.WaitAsync(Token);
        Assert.Equal("closed CloseTimeout 1006", handler.Calls[^1]);
    }

    private static Task<KestrelEchoServer> StartAsync(IWebSocketHandler handler) => KestrelEchoServer.StartAsync(serve: async socket =>
    {
        var shard = new ThreadPoolShard(TimeProvider.System, NullLogger.Instance);
        var options = new WebSocketConnectionOptions { MaxMessageBytes = 100_000 };
        await new WebSocketAsConnection(socket, shard, handler, options, NullLogger.Instance).RunAsync();
        shard.Dispose();
    });

    private sealed class RecordingEchoHandler : IWebSocketHandler
    {
        public PreparedMessage? Greeting { get; init; }

        public Action<WebSocketConnection>? Pausing { get; init; }

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<ConnectionEnd> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnOpen(WebSocketConnection connection)
        {
            if (Greeting is not null) connection.Send(Greeting);
            Pausing?.Invoke(connection);
            Opened.TrySetResult();
        }

        public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
        {
            if (message.Payload.SequenceEqual("close"u8)) connection.Close((CloseCode)4001, "as you wish");
            else connection.Send(message.Payload, message.Type);
        }

        public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) => Ended.TrySetResult(end);
    }
}

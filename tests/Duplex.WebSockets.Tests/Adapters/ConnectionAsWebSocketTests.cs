using System.Net.WebSockets;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Adapters;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Tests.Interop;

namespace Duplex.WebSockets.Tests.Adapters;

/// <summary>Code written for System.Net.WebSockets on Duplex, in both roles.</summary>
public sealed class ConnectionAsWebSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_written_for_WebSocket_serves_ClientWebSocket()
    {
        await using var server = new DuplexEchoServer(handler: () => new ConnectionAsWebSocketHandler(KestrelEchoServer.EchoAsync));
        using var client = new ClientWebSocket();
        await client.ConnectAsync(server.Uri, Token);
        await EchoAsync(client);
        await client.CloseAsync((WebSocketCloseStatus)4000, "bye", Token);
        Assert.Equal((WebSocketCloseStatus)4000, client.CloseStatus);
    }

    [Fact]
    public async Task A_client_written_for_WebSocket_speaks_to_Kestrel()
    {
        await using var server = await KestrelEchoServer.StartAsync();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        using var socket = new ConnectionAsWebSocket(client);
        await EchoAsync(socket);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Token);
        Assert.Equal((WebSocketState.Closed, WebSocketCloseStatus.NormalClosure), (socket.State, socket.CloseStatus));
    }

    [Fact]
    public async Task A_close_by_the_peer_is_received_with_code_and_reason()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        using var socket = new ConnectionAsWebSocket(client);
        await socket.SendAsync("close"u8.ToArray(), WebSocketMessageType.Text, true, Token);
        var result = await socket.ReceiveAsync(new ArraySegment<byte>(new byte[10]), Token);
        Assert.Equal((WebSocketMessageType.Close, (WebSocketCloseStatus)4001, "as you wish"), (result.MessageType, result.CloseStatus, result.CloseStatusDescription));
        Assert.Equal(WebSocketState.CloseReceived, socket.State);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    [Fact]
    public async Task A_lost_connection_throws_what_such_code_expects()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        using var socket = new ConnectionAsWebSocket(client);
        await socket.SendAsync("drop"u8.ToArray(), WebSocketMessageType.Text, true, Token);
        var exception = await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(new ArraySegment<byte>(new byte[10]), Token));
        Assert.Equal(WebSocketError.ConnectionClosedPrematurely, exception.WebSocketErrorCode);
        Assert.Equal(WebSocketState.Aborted, socket.State);
    }

    [Fact]
    public async Task Whole_messages_are_echoed_and_text_that_is_not_utf8_is_rejected()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        using var socket = new ConnectionAsWebSocket(client);
        await socket.SendAsync("whole"u8.ToArray(), WebSocketMessageType.Text, true, Token);
        await Assert.ThrowsAsync<ArgumentException>(async () => await socket.SendAsync(new byte[] { 0xFF }, WebSocketMessageType.Text, true, Token));
        await socket.SendAsync(new byte[] { 0xFF }, WebSocketMessageType.Binary, true, Token);
        var buffer = new byte[10];
        Assert.Equal(new ValueWebSocketReceiveResult(5, WebSocketMessageType.Text, true), await socket.ReceiveAsync(buffer.AsMemory(), Token));
        Assert.Equal(new ValueWebSocketReceiveResult(1, WebSocketMessageType.Binary, true), await socket.ReceiveAsync(buffer.AsMemory(), Token));
    }

    [Fact]
    public async Task A_send_after_the_end_throws_what_such_code_expects()
    {
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        using var socket = new ConnectionAsWebSocket(client);
        await client.CloseAsync(cancellationToken: Token);
        var exception = await Assert.ThrowsAsync<WebSocketException>(async () => await socket.SendAsync("late"u8.ToArray(), WebSocketMessageType.Text, true, Token));
        Assert.Equal(WebSocketError.ConnectionClosedPrematurely, exception.WebSocketErrorCode);
    }

    [Fact]
    public async Task A_server_function_that_throws_closes_with_1011()
    {
        await using var server = new DuplexEchoServer(handler: () => new ConnectionAsWebSocketHandler(_ => throw new InvalidOperationException()));
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        Assert.Equal(CloseCode.InternalError, (await client.Completion.WaitAsync(Token)).Code);
    }

    internal static async Task EchoAsync(WebSocket socket)
    {
        foreach (var size in (int[])[0, 1, 125, 126, 5000, 65536])
        {
            var message = new byte[size];
            new Random(size).NextBytes(message);
            await socket.SendAsync(message.AsMemory(0, size / 2), WebSocketMessageType.Binary, false, Token);
            await socket.SendAsync(message.AsMemory(size / 2), WebSocketMessageType.Binary, true, Token);
            var received = new List<byte>();
            var buffer = new byte[1000];
            ValueWebSocketReceiveResult result;
            do
            {
                result = await socket.ReceiveAsync(buffer.AsMemory(), Token);
                received.AddRange(buffer[..result.Count]);
            }
            while (!result.EndOfMessage);
            Assert.Equal(message, received.ToArray());
        }
    }
}

using System.Net.WebSockets;
using System.Text;
using Duplex.EventLoop.Hosting;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Duplex.AspNetCore.Tests.WebSockets;

public sealed class MapWebSocketTests
{
    private static void MapEcho(IEndpointRouteBuilder endpoints) =>
        endpoints.MapWebSocket("/echo", static (connection, message) => connection.Send(message));

    [Theory]
    [InlineData(0), InlineData(1), InlineData(125), InlineData(126), InlineData(65535), InlineData(65536)]
    public async Task Message_comes_back_with_its_type(int length)
    {
        await using var application = await EchoApplication.StartAsync(MapEcho);
        using var client = await ConnectAsync(application, "/echo");
        foreach (var type in new[] { WebSocketMessageType.Text, WebSocketMessageType.Binary })
        {
            var sent = Encoding.ASCII.GetBytes(new string('a', length));
            await client.SendAsync(sent, type, true, EchoApplication.Limit);
            var (received, receivedType) = await ReceiveAsync(client);
            Assert.Equal(sent, received);
            Assert.Equal(type, receivedType);
        }
    }

    [Fact]
    public async Task Handler_class_gets_its_services_and_its_calls_in_order()
    {
        var calls = new Calls();
        await using var application = await EchoApplication.StartAsync(
            endpoints => endpoints.MapWebSocket<RecordingHandler>("/record"), services => services.AddSingleton(calls));
        using (var client = await ConnectAsync(application, "/record"))
        {
            await client.SendAsync(Encoding.ASCII.GetBytes("hello"), WebSocketMessageType.Text, true, EchoApplication.Limit);
            await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", EchoApplication.Limit);
        }

        await calls.Closed.Task.WaitAsync(EchoApplication.Limit);
        Assert.Equal(["open", "hello", "closed ClosedByPeer NormalClosure done"], calls.Seen);
    }

    [Fact]
    public async Task Handler_that_throws_closes_1011_and_touches_no_other_connection()
    {
        await using var application = await EchoApplication.StartAsync(endpoints => endpoints.MapWebSocket("/", static (connection, message) =>
        {
            if (message.Payload.SequenceEqual("bad"u8)) throw new InvalidOperationException();
            connection.Send(message);
        }));
        using var good = await ConnectAsync(application, "/");
        using var bad = await ConnectAsync(application, "/");
        await bad.SendAsync(Encoding.ASCII.GetBytes("bad"), WebSocketMessageType.Text, true, EchoApplication.Limit);
        await bad.ReceiveAsync(new byte[10], EchoApplication.Limit);
        Assert.Equal(WebSocketCloseStatus.InternalServerError, bad.CloseStatus);
        await good.SendAsync(Encoding.ASCII.GetBytes("good"), WebSocketMessageType.Text, true, EchoApplication.Limit);
        Assert.Equal("good", Encoding.ASCII.GetString((await ReceiveAsync(good)).Bytes));
    }

    [Fact]
    public async Task Task_per_connection_reads_answers_and_sees_a_normal_close_as_the_end()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var application = await EchoApplication.StartAsync(endpoints => endpoints.MapWebSocket("/", async connection =>
        {
            await foreach (var message in connection.ReadAllAsync()) await connection.SendAsync(message.GetText() + "!");
            ended.SetResult();
        }));
        using var client = await ConnectAsync(application, "/");
        await client.SendAsync(Encoding.ASCII.GetBytes("hello"), WebSocketMessageType.Text, true, EchoApplication.Limit);
        Assert.Equal("hello!", Encoding.ASCII.GetString((await ReceiveAsync(client)).Bytes));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, EchoApplication.Limit);
        await ended.Task.WaitAsync(EchoApplication.Limit);
    }

    [Fact]
    public async Task Task_that_ends_closes_1000_and_one_that_fails_1011()
    {
        await using var application = await EchoApplication.StartAsync(endpoints =>
        {
            endpoints.MapWebSocket("/ends", connection => connection.SendAsync("bye").AsTask());
            endpoints.MapWebSocket("/fails", _ => Task.FromException(new InvalidOperationException()));
        });
        using var ends = await ConnectAsync(application, "/ends");
        Assert.Equal("bye", Encoding.ASCII.GetString((await ReceiveAsync(ends)).Bytes));
        await ends.ReceiveAsync(new byte[10], EchoApplication.Limit);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, ends.CloseStatus);
        using var fails = await ConnectAsync(application, "/fails");
        await fails.ReceiveAsync(new byte[10], EchoApplication.Limit);
        Assert.Equal(WebSocketCloseStatus.InternalServerError, fails.CloseStatus);
    }

    [Fact]
    public async Task Stopping_the_server_closes_its_connections_with_1001()
    {
        var application = await EchoApplication.StartAsync(MapEcho);
        using var client = await ConnectAsync(application, "/echo");
        var stop = application.DisposeAsync();
        await client.ReceiveAsync(new byte[10], EchoApplication.Limit);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, EchoApplication.Limit);
        await stop;
    }

    [Theory]
    [InlineData(EventLoopBackEnd.None), InlineData(EventLoopBackEnd.Epoll), InlineData(EventLoopBackEnd.Automatic)]
    public async Task Connection_whose_handshake_completes_after_the_stop_closes_1001(EventLoopBackEnd backEnd)
    {
        if (!OperatingSystem.IsLinux() && backEnd == EventLoopBackEnd.Epoll) return;
        await using var application = await EchoApplication.StartAsync(
            static endpoints => endpoints.MapWebSocket<StoppingHandler>("/"), host: host => host.UseDuplexEventLoops(loops => loops.BackEnd = backEnd));
        using var client = await ConnectAsync(application, "/");
        await client.ReceiveAsync(new byte[10], EchoApplication.Limit);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, EchoApplication.Limit);
    }

    private static async Task<ClientWebSocket> ConnectAsync(EchoApplication application, string path)
    {
        var client = new ClientWebSocket();
        await client.ConnectAsync(application.WebSocketAddress(path), EchoApplication.Limit);
        return client;
    }

    private static async Task<(byte[] Bytes, WebSocketMessageType Type)> ReceiveAsync(ClientWebSocket client)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var result = await client.ReceiveAsync(buffer, EchoApplication.Limit);
            bytes.Write(buffer, 0, result.Count);
            if (result.EndOfMessage) return (bytes.ToArray(), result.MessageType);
        }
    }

    public sealed class Calls
    {
        public List<string> Seen { get; } = [];

        public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Stops the application when it is created, which is before the response of the handshake.</summary>
    private sealed class StoppingHandler : IWebSocketHandler
    {
        public StoppingHandler(IHostApplicationLifetime lifetime) => lifetime.StopApplication();

        public void OnOpen(WebSocketConnection connection)
        {
        }

        public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
        {
        }

        public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
        {
        }
    }

    private sealed class RecordingHandler(Calls calls) : IWebSocketHandler
    {
        public void OnOpen(WebSocketConnection connection) => calls.Seen.Add("open");

        public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) =>
            calls.Seen.Add(Encoding.UTF8.GetString(message.Payload));

        public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
        {
            calls.Seen.Add($"closed {end.Reason} {end.Code} {end.CloseReason}");
            calls.Closed.SetResult();
        }
    }
}

using System.Net.WebSockets;
using System.Text;
using Duplex.EventLoop.Hosting;
using Duplex.Execution;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;

namespace Duplex.AspNetCore.Tests.WebSockets;

/// <summary>Who may connect and what is agreed on, the same on Kestrel and on an event loop.</summary>
public sealed class UpgradeTests
{
    private static readonly WebSocketConnectionOptions Strict = new()
    {
        AllowedOrigins = ["https://good.example"],
        Subprotocols = ["chat", "feed"],
        RequireSubprotocol = true,
        Compression = new DeflateOptions(),
    };

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Endpoint_runs_where_the_host_runs_it(bool onLoop)
    {
        await using var application = await StartAsync(onLoop);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(application.WebSocketAddress("/rooms/7"), EchoApplication.Limit);
        Assert.Equal(onLoop, await AskAsync(client, "where") != nameof(ThreadPoolShard));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Subprotocol_and_compression_are_agreed_on(bool onLoop)
    {
        await using var application = await StartAsync(onLoop);
        using var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Origin", "https://good.example");
        client.Options.AddSubProtocol("other");
        client.Options.AddSubProtocol("feed");
        client.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        client.Options.CollectHttpResponseDetails = true;
        await client.ConnectAsync(application.WebSocketAddress("/strict"), EchoApplication.Limit);
        Assert.Equal("feed", client.SubProtocol);
        Assert.Contains("permessage-deflate", client.HttpResponseHeaders!["Sec-WebSocket-Extensions"].Single(), StringComparison.Ordinal);
        var text = new string('a', 10_000);
        Assert.Equal(text, await AskAsync(client, text));
    }

    [Theory]
    [InlineData(false, "https://evil.example", "chat", 403), InlineData(true, "https://evil.example", "chat", 403)]
    [InlineData(false, "https://good.example", "other", 400), InlineData(true, "https://good.example", "other", 400)]
    public async Task Others_are_refused(bool onLoop, string origin, string subprotocol, int status)
    {
        await using var application = await StartAsync(onLoop);
        using var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Origin", origin);
        client.Options.AddSubProtocol(subprotocol);
        client.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(application.WebSocketAddress("/strict"), EchoApplication.Limit));
        Assert.Equal(status, (int)client.HttpStatusCode);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Page_of_another_host_is_refused_by_default(bool onLoop)
    {
        await using var application = await StartAsync(onLoop);
        using var client = await RawClient.ConnectAsync(application.EndPoint);
        await client.SendAsync(RawClient.UpgradeRequest("/rooms/1", "Origin: http://evil.example\r\n"));
        Assert.StartsWith("HTTP/1.1 403", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Other_versions_are_told_ours(bool onLoop)
    {
        await using var application = await StartAsync(onLoop);
        using var client = await RawClient.ConnectAsync(application.EndPoint);
        await client.SendAsync(RawClient.UpgradeRequest("/rooms/1").Replace("Version: 13", "Version: 8", StringComparison.Ordinal));
        var head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 426", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Version: 13", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Task_that_reads_late_holds_up_its_peer_and_gets_every_message(bool onLoop)
    {
        const int Messages = 400;
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var application = await StartAsync(onLoop, endpoints => endpoints.MapWebSocket("/late", async connection =>
        {
            await start.Task;
            var count = 0;
            await foreach (var message in connection.ReadAllAsync())
            {
                if (++count == Messages) await connection.SendAsync($"{count}");
            }
        }));
        using var client = new ClientWebSocket();
        await client.ConnectAsync(application.WebSocketAddress("/late"), EchoApplication.Limit);
        // 24 MiB: more than the buffers between here and there hold.
        var sending = SendAllAsync();
        Assert.False(sending.IsCompleted);
        start.SetResult();
        await sending;
        var buffer = new byte[10];
        var answer = await client.ReceiveAsync(buffer, EchoApplication.Limit);
        Assert.Equal($"{Messages}", Encoding.ASCII.GetString(buffer, 0, answer.Count));

        async Task SendAllAsync()
        {
            for (var i = 0; i < Messages; i++)
                await client.SendAsync(new byte[60_000], WebSocketMessageType.Binary, true, EchoApplication.Limit);
        }
    }

    [Fact]
    public async Task Request_without_an_upgrade_is_told_to_upgrade()
    {
        await using var application = await StartAsync(onLoop: false);
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(application.Address, "/rooms/1"), EchoApplication.Limit);
        Assert.Equal(426, (int)response.StatusCode);
    }

    private static Task<EchoApplication> StartAsync(bool onLoop, Action<IEndpointRouteBuilder>? map = null) => EchoApplication.StartAsync(
        endpoints =>
        {
            map?.Invoke(endpoints);
            endpoints.MapWebSocket("/strict", Answer, Strict);
            endpoints.MapWebSocket("/rooms/{room}", Answer);
        },
        host: host =>
        {
            if (onLoop) host.UseDuplexEventLoops(loops => loops.BackEnd = EventLoopBackEnd.Epoll);
        });

    private static void Answer(WebSocketConnection connection, WebSocketMessage message)
    {
        if (message.Payload.SequenceEqual("where"u8)) connection.Send(Encoding.UTF8.GetBytes(connection.Shard.GetType().Name), MessageType.Text);
        else connection.Send(message);
    }

    private static async Task<string> AskAsync(ClientWebSocket client, string text)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, EchoApplication.Limit);
        var buffer = new byte[20_000];
        var length = 0;
        while (true)
        {
            var result = await client.ReceiveAsync(buffer.AsMemory(length), EchoApplication.Limit);
            length += result.Count;
            if (result.EndOfMessage) return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }
}

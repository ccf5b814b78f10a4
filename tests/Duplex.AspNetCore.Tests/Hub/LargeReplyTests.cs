using Duplex.EventLoop.Hosting;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.WebSockets.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>One reply may be larger than every limit of what waits for a client.</summary>
public sealed class LargeReplyTests
{
    private const int ReplyBytes = 3 * 1024 * 1024;

    [Theory]
    [InlineData(EventLoopBackEnd.None)]
    [InlineData(EventLoopBackEnd.Epoll)]
    [InlineData(EventLoopBackEnd.Automatic)]
    public async Task Replies_larger_than_the_queue_arrive_whole_and_the_close_code_behind_them(EventLoopBackEnd backEnd)
    {
        if (!OperatingSystem.IsLinux() && backEnd == EventLoopBackEnd.Epoll) return;
        await using var app = await HubApplication.StartAsync(MapHandlers, host: host => host.UseDuplexEventLoops(loops => loops.BackEnd = backEnd));
        await using var client = await WebSocketClient.ConnectAsync(app.WebSocket, cancellationToken: HubApplication.Limit);
        await client.SendAsync("""{"id":1,"connect":{}}""", HubApplication.Limit);
        await client.SendAsync(
            """
            {"id":2,"rpc":{"method":"big","data":1}}
            {"id":3,"rpc":{"method":"big","data":1}}
            {"id":4,"rpc":{"method":"leave","data":1}}
            """,
            HubApplication.Limit);
        var bytes = 0L;
        var exception = await Assert.ThrowsAsync<WebSocketClosedException>(async () =>
        {
            await foreach (var message in client.ReadAllAsync(HubApplication.Limit)) bytes += message.Payload.Length;
        });
        Assert.Equal(4001, (int)exception.End.Code);
        Assert.InRange(bytes, 2L * ReplyBytes, long.MaxValue);
    }

    private static void MapHandlers(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("big", static (int _) => new string('x', ReplyBytes));
        hub.MapRpc("leave", static (int _, ClientContext client) =>
        {
            client.Disconnect(new Disconnect(4001, "bye"));
            return 0;
        });
    }
}

using System.Net.WebSockets;

namespace EchoServer;

/// <summary>Baseline: System.Net.WebSockets on Kestrel, written as its documentation shows.</summary>
internal static class SystemWebSockets
{
    private const int SmallestBuffer = 4 * 1024;

    private static readonly Lock RoomLock = new();
    private static readonly List<(WebSocket Socket, SemaphoreSlim Gate)> Room = [];

    public static void Map(WebApplication app)
    {
        app.UseWebSockets();
        app.Map("/echo", context => Echo(context, new WebSocketAcceptContext()));
        app.Map("/deflate", context => Echo(context, new WebSocketAcceptContext { DangerousEnableCompression = true, DisableServerContextTakeover = true }));
        app.Map("/fan", Fan);
    }

    private static async Task Echo(HttpContext context, WebSocketAcceptContext how)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(how);
        var buffer = new byte[SmallestBuffer];
        while (await Receive(socket, buffer) is { } received)
        {
            var length = received.Count;
            while (!received.EndOfMessage)
            {
                if (length == buffer.Length) Array.Resize(ref buffer, 2 * length);
                received = await socket.ReceiveAsync(buffer.AsMemory(length), default);
                length += received.Count;
            }

            await socket.SendAsync(buffer.AsMemory(0, length), received.MessageType, true, default);
        }
    }

    private static async Task Fan(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var member = (Socket: (WebSocket)socket, Gate: new SemaphoreSlim(1));
        lock (RoomLock) Room.Add(member);
        var buffer = new byte[SmallestBuffer];
        while (await Receive(socket, buffer) is { } received)
        {
            (WebSocket Socket, SemaphoreSlim Gate)[] members;
            lock (RoomLock) members = [.. Room];
            foreach (var (other, gate) in members)
            {
                await gate.WaitAsync();
                try
                {
                    await other.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, default);
                }
                catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException)
                {
                    // The connection has ended; its own loop removes it from the room.
                }
                finally
                {
                    gate.Release();
                }
            }
        }

        lock (RoomLock) Room.Remove(member);
    }

    private static async Task<ValueWebSocketReceiveResult?> Receive(WebSocket socket, byte[] buffer)
    {
        try
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), default);
            if (received.MessageType != WebSocketMessageType.Close) return received;
            await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, "", default);
        }
        catch (WebSocketException)
        {
            // The peer ended the connection without a close frame.
        }

        return null;
    }
}

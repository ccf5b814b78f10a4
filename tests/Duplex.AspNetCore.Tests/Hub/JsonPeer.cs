using System.Net.WebSockets;
using System.Text;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>A client of few words on a WebSocket: text frames out, text frames in.</summary>
internal sealed class JsonPeer(ClientWebSocket socket) : IAsyncDisposable
{
    private readonly Queue<string> _lines = [];

    /// <summary>Opens a connection and connects.</summary>
    public static async Task<JsonPeer> ConnectAsync(HubApplication app, string connect = """{"id":1,"connect":{}}""")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(app.WebSocket, HubApplication.Limit);
        var peer = new JsonPeer(socket);
        await peer.SayAsync(connect);
        return peer;
    }

    /// <summary>Sends a frame and returns the next message.</summary>
    public async Task<string> SayAsync(string frame)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, HubApplication.Limit);
        return await ReadAsync();
    }

    /// <summary>The next message of a frame, or <c>close</c> with code and reason.</summary>
    public async Task<string> ReadAsync()
    {
        if (_lines.Count == 0)
        {
            var buffer = new byte[16 * 1024];
            var result = await socket.ReceiveAsync(buffer, HubApplication.Limit);
            if (result.MessageType == WebSocketMessageType.Close) return $"close {(int)result.CloseStatus!} {result.CloseStatusDescription}";
            foreach (var line in Encoding.UTF8.GetString(buffer, 0, result.Count).Split('\n')) _lines.Enqueue(line);
        }

        return _lines.Dequeue();
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }
}

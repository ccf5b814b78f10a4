using System.Collections.Concurrent;
using Duplex.Execution;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace EchoServer;

/// <summary>
/// Sends each message to every connection, including the sender. Each shard keeps a list of its own connections;
/// a message is framed once and posted to each shard as one work item.
/// </summary>
internal sealed class FanHandler : IWebSocketHandler
{
    private readonly ConcurrentDictionary<Shard, List<WebSocketConnection>> _rooms = new();

    public void OnOpen(WebSocketConnection connection)
    {
        var room = _rooms.GetOrAdd(connection.Shard, static _ => []);
        connection.State = room.Count;
        room.Add(connection);
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        var prepared = PreparedMessage.Create(message.Payload, message.Type);
        foreach (var (shard, room) in _rooms)
        {
            if (shard.IsCurrent)
            {
                Send(room, prepared);
            }
            else
            {
                prepared.Retain();
                shard.Post(static delivery => Deliver(delivery.room, delivery.prepared), (room, prepared));
            }
        }

        prepared.Release();
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
        // The last connection replaces the removed one.
        var room = _rooms[connection.Shard];
        var place = (int)connection.State!;
        room[place] = room[^1];
        room[place].State = place;
        room.RemoveAt(room.Count - 1);
    }

    private static void Send(List<WebSocketConnection> room, PreparedMessage message)
    {
        foreach (var connection in room) connection.Send(message);
    }

    private static void Deliver(List<WebSocketConnection> room, PreparedMessage message)
    {
        Send(room, message);
        message.Release();
    }
}

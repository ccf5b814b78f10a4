using Duplex.Protocol.Closing;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Handles the events of a connection. All calls are made on the connection's shard, one at a time, so a handler that blocks
/// delays every connection of that shard: move long work to another thread.
/// </summary>
public interface IWebSocketHandler
{
    /// <summary>Called once when the handshake is complete and messages can be sent.</summary>
    void OnOpen(WebSocketConnection connection);

    /// <summary>Called for each whole message. Its payload is valid only during the call.</summary>
    void OnMessage(WebSocketConnection connection, in WebSocketMessage message);

    /// <summary>
    /// Called for each part of a message after <see cref="WebSocketConnection.ReceiveInParts"/>. Its payload is valid only
    /// during the call.
    /// </summary>
    void OnMessagePart(WebSocketConnection connection, in WebSocketMessagePart part) { }

    /// <summary>Called when the send queue, after it exceeded the high-water mark, has drained to half of it.</summary>
    void OnWritable(WebSocketConnection connection) { }

    /// <summary>Called when the server stops. The default closes the connection with 1001. Not called on a client's connection.</summary>
    void OnStopping(WebSocketConnection connection) => connection.Close(CloseCode.GoingAway);

    /// <summary>Called exactly once after <see cref="OnOpen"/>, when the connection has ended and no more messages arrive.</summary>
    void OnClosed(WebSocketConnection connection, in ConnectionEnd end);
}

using Duplex.Protocol.Closing;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// What an application does with a connection. All calls arrive on the connection's shard, one at a time, so a
/// handler that blocks holds up every connection of that shard: hand long work to another thread.
/// </summary>
public interface IWebSocketHandler
{
    /// <summary>The handshake is done. Sending is allowed from here on. Called once.</summary>
    void OnOpen(WebSocketConnection connection);

    /// <summary>A whole message arrived. Its payload is valid only during the call.</summary>
    void OnMessage(WebSocketConnection connection, in WebSocketMessage message);

    /// <summary>
    /// A part of a message arrived, on a connection that was told to <see cref="WebSocketConnection.ReceiveInParts"/>.
    /// Its payload is valid only during the call.
    /// </summary>
    void OnMessagePart(WebSocketConnection connection, in WebSocketMessagePart part) { }

    /// <summary>The send queue, once above the high-water mark, has drained below the low-water mark.</summary>
    void OnWritable(WebSocketConnection connection) { }

    /// <summary>The server stops. Say goodbye: the default closes with 1001. Not called on clients' connections.</summary>
    void OnStopping(WebSocketConnection connection) => connection.Close(CloseCode.GoingAway);

    /// <summary>The connection has ended and nothing more arrives. Called exactly once after <see cref="OnOpen"/>.</summary>
    void OnClosed(WebSocketConnection connection, in ConnectionEnd end);
}

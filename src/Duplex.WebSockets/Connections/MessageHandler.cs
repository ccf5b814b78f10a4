using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>Handles the messages of an endpoint's connections, on the connection's shard. It must not block.</summary>
/// <param name="connection">The connection of the message.</param>
/// <param name="message">The message; its payload is valid only during the call.</param>
public delegate void MessageHandler(WebSocketConnection connection, WebSocketMessage message);

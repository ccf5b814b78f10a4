using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.Conformance.Tests.Hosts;

/// <summary>Echoes messages that it receives in parts, in parts: three of about the same length. One per connection.</summary>
public sealed class PartsHandler : IWebSocketHandler
{
    private readonly List<byte> _message = [];

    public void OnOpen(WebSocketConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.ReceiveInParts();
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) =>
        throw new InvalidOperationException("A whole message, although parts were asked for.");

    public void OnMessagePart(WebSocketConnection connection, in WebSocketMessagePart part)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (part.IsFirst != (_message.Count == 0)) throw new InvalidOperationException("A first part in the middle, or none.");
        _message.AddRange(part.Payload);
        if (!part.IsLast) return;
        var message = _message.ToArray().AsSpan();
        _message.Clear();
        var third = message.Length / 3;
        connection.SendPart(message[..third], part.Type, isLast: false);
        connection.SendPart(message[third..(2 * third)], part.Type, isLast: false);
        connection.SendPart(message[(2 * third)..], part.Type, isLast: true);
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
    }
}

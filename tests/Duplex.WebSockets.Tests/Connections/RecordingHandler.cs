using System.Text;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>Notes every call, and does what the test says on a message.</summary>
internal sealed class RecordingHandler : IWebSocketHandler
{
    public List<string> Calls { get; } = [];

    public Action<WebSocketConnection, string>? OnText { get; set; }

    public Action<WebSocketConnection>? OnOpened { get; set; }

    public void OnOpen(WebSocketConnection connection)
    {
        Calls.Add("open");
        OnOpened?.Invoke(connection);
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        var text = Encoding.UTF8.GetString(message.Payload);
        Calls.Add(text);
        OnText?.Invoke(connection, text);
    }

    public void OnMessagePart(WebSocketConnection connection, in WebSocketMessagePart part)
    {
        var text = Encoding.UTF8.GetString(part.Payload);
        Calls.Add($"{(part.IsFirst ? "[" : "")}{text}{(part.IsLast ? "]" : "")}");
        OnText?.Invoke(connection, text);
    }

    public void OnWritable(WebSocketConnection connection) => Calls.Add("writable");

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) =>
        Calls.Add($"closed {end.Reason} {(int)end.Code} {end.CloseReason}".TrimEnd());
}

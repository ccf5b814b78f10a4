using System.Threading.Channels;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Tests;

/// <summary>Echoes, unless told otherwise, and tells what happened.</summary>
internal sealed class TestHandler(TestHandler.MessageAction? onMessage = null, Action<WebSocketConnection>? onOpen = null)
    : IWebSocketHandler
{
    public delegate void MessageAction(WebSocketConnection connection, WebSocketMessage message);

    private readonly Channel<WebSocketConnection> _opened = Channel.CreateUnbounded<WebSocketConnection>();
    private readonly Channel<ConnectionEnd> _ended = Channel.CreateUnbounded<ConnectionEnd>();
    private readonly Channel<bool> _writable = Channel.CreateUnbounded<bool>();

    public ValueTask<WebSocketConnection> Opened() => _opened.Reader.ReadAsync(Limit.Token);

    public ValueTask<ConnectionEnd> Ended() => _ended.Reader.ReadAsync(Limit.Token);

    public ValueTask<bool> Writable() => _writable.Reader.ReadAsync(Limit.Token);

    public int EndCount => _ended.Reader.Count;

    public void OnOpen(WebSocketConnection connection)
    {
        onOpen?.Invoke(connection);
        _opened.Writer.TryWrite(connection);
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        if (onMessage is null) connection.Send(message.Payload, message.Type);
        else onMessage(connection, message);
    }

    public void OnWritable(WebSocketConnection connection) => _writable.Writer.TryWrite(true);

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) => _ended.Writer.TryWrite(end);
}

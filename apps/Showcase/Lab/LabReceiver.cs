using System.Buffers.Text;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Showcase.Lab;

/// <summary>
/// A WebSocket that takes messages of a client and confirms each with the number with which it begins, or with nothing when
/// it begins with none: the counterpart of an HTTP request and its response.
/// </summary>
internal sealed class LabReceiver(LabRun run) : IWebSocketHandler
{
    private CancellationTokenRegistration _ending;
    private bool _isCounted;

    public void OnOpen(WebSocketConnection connection)
    {
        _isCounted = run.Waiters.TryEnter();
        if (!_isCounted)
        {
            connection.Close(CloseCode.TryAgainLater, "Too many connections of this run are open.");
            return;
        }

        run.Count(LabWay.Send, requests: 1);
        _ending = run.Ended.Register(() => connection.Shard.Post(() => connection.Close(CloseCode.NormalClosure)));
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        run.Receive(LabWay.Send, message.Payload);
        var digits = Utf8Parser.TryParse(message.Payload, out long _, out var length) ? message.Payload[..length] : [];
        connection.Send(digits, MessageType.Text);
        run.Count(LabWay.Send, bodyDown: digits.Length);
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
        _ending.Unregister();
        if (_isCounted) run.Waiters.Leave();
    }
}

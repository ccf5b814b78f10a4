using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Showcase.Stage.Media;

/// <summary>The WebSocket of the person on stage. It is the source of the relay, also while it sends no media.</summary>
internal sealed class Sender(Relay relay, Action leave, TimeProvider time) : IWebSocketHandler
{
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(500);

    private readonly MediaRules _rules = new(time);
    private WebSocketConnection? _connection;
    private long _requestedAt = long.MinValue;

    public void OnOpen(WebSocketConnection connection)
    {
        _connection = connection;
        relay.Begin(this);
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        if (message.Type != MessageType.Binary || !MediaMessage.TryRead(message.Payload, out var media))
            connection.Close(CloseCode.PolicyViolation, "A message must be binary, with a header of 13 bytes and a payload.");
        else if (_rules.FaultOf(media) is { } fault)
            connection.Close(CloseCode.PolicyViolation, fault);
        else
            relay.Publish(this, media);
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
        relay.End(this);
        leave();
    }

    /// <summary>Requests a key picture of the sender's page, at most twice a second. Safe from any thread.</summary>
    public void RequestKey()
    {
        var last = Volatile.Read(ref _requestedAt);
        var now = time.GetTimestamp();
        if (last != long.MinValue && time.GetElapsedTime(last, now) < KeyInterval) return;
        if (Interlocked.CompareExchange(ref _requestedAt, now, last) != last) return;
        _connection?.Shard.Post(static connection => connection.Send("key"u8, MessageType.Text), _connection);
    }

    /// <summary>Closes the connection because another window continues, or because the show has ended. Safe from any thread.</summary>
    public void Stop(string reason) =>
        _connection?.Shard.Post(static stop => stop._connection!.Close(CloseCode.NormalClosure, stop.reason), (_connection, reason));
}

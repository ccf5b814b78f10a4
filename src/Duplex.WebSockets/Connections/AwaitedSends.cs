using System.Diagnostics.CodeAnalysis;
using Duplex.Execution;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Sending;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Represents the awaited sends of a connection. A message for which the send queue has room is accepted at once: its send
/// completes without a turn of the shard, and all messages that are accepted before the shard's next turn cost one wake-up.
/// Other sends wait, in order.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The application disposes the streams.")]
internal sealed class AwaitedSends(AwaitedHandler handler) : IShardWork
{
    private readonly Outbox _outbox = new();
    private readonly Queue<SendOperation> _waiting = new();
    private WebSocketConnection? _connection;
    private OutgoingMessageStream? _outgoing;
    private SendOperation? _outgoingPart;

    // The bytes that may be accepted before the next turn: none while a send waits or a message is half sent.
    private long Room => _waiting.Count == 0 && _outgoing is null && _connection is { IsOpen: true } ? _connection.SendRoom : 0;

    public void Open(WebSocketConnection connection)
    {
        _connection = connection;
        OnSent();
    }

    /// <summary>Sends a whole message, whose text was validated. Any thread.</summary>
    public ValueTask<bool> SendAsync(
        WebSocketConnection connection, ReadOnlyMemory<byte> payload, MessageType type, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        if (_outbox.TryAdd(payload.Span, type, out var isFirst))
        {
            if (isFirst) connection.Shard.Post(this);
            return ValueTask.FromResult(true);
        }

        var operation = new SendOperation(handler, payload, type, cancellationToken);
        Post(connection, operation);
        return new ValueTask<bool>(operation.Task);
    }

    /// <summary>Posts a send that may have to wait. Any thread.</summary>
    public void Post(WebSocketConnection connection, SendOperation operation)
    {
        _outbox.OnPosted();
        connection.Shard.Post(operation);
    }

    /// <summary>Queues the accepted messages. On the shard only.</summary>
    public void Run()
    {
        _outbox.Drain(_connection!);
        OnSent();
    }

    /// <summary>Sends at once, or when there is room and no other message is half sent. On the shard only.</summary>
    public void Send(SendOperation operation)
    {
        // The messages that were accepted before this send are queued before it, and none is accepted until it has arrived.
        // So the outbox is empty while a message is half sent.
        _outbox.Drain(_connection!);
        if (handler.Completion.IsCompletedSuccessfully)
        {
            operation.Refuse(handler.Completion.Result);
        }
        else
        {
            if (operation.Message is not null && operation.Message == _outgoing) _outgoingPart = operation;
            else _waiting.Enqueue(operation);
            SendWaiting();
        }

        _outbox.OnArrived(Room);
    }

    /// <summary>Sends what waits for room. On the shard only.</summary>
    public void OnWritable()
    {
        SendWaiting();
        OnSent();
    }

    /// <summary>Accepts more messages, because bytes have left the send queue. On the shard only.</summary>
    public void OnSent() => _outbox.SetRoom(Room);

    /// <summary>Returns whether the message is half sent. On the shard only.</summary>
    public bool IsInProgress(OutgoingMessageStream message) => message == _outgoing;

    /// <summary>Queues the accepted messages, and accepts no more. On the shard only.</summary>
    public void Close()
    {
        _outbox.Close();
        _outbox.Drain(_connection!);
    }

    /// <summary>Completes the sends that still wait. On the shard only.</summary>
    public void OnClosed(in ConnectionEnd end)
    {
        Close();
        _outgoingPart?.Refuse(end);
        while (_waiting.TryDequeue(out var operation)) operation.Refuse(end);
    }

    private void SendWaiting()
    {
        while (_connection!.IsOpen && _connection.IsWritable && TryTakeNext(out var operation))
        {
            if (operation.Execute(_connection) && operation.Message is { } message) _outgoing = operation.IsLast ? null : message;
        }
    }

    // RFC 6455 section 5.4: no other message can be sent between the parts of a message, however long it waits.
    private bool TryTakeNext([NotNullWhen(true)] out SendOperation? operation)
    {
        if (_outgoing is null) return _waiting.TryDequeue(out operation);
        (operation, _outgoingPart) = (_outgoingPart, null);
        return operation is not null;
    }
}

using Duplex.Execution;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Client;

/// <summary>Represents one awaited send. Either its cancellation or its execution takes effect; neither affects the connection.</summary>
internal sealed class SendOperation : IShardWork
{
    private readonly TaskCompletionSource<bool> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AwaitedHandler _handler;
    private readonly ReadOnlyMemory<byte> _payload;
    private readonly MessageType _type;
    private readonly CancellationTokenRegistration _registration;
    private int _isClaimed;

    public SendOperation(AwaitedHandler handler, ReadOnlyMemory<byte> payload, MessageType type, CancellationToken cancellationToken)
    {
        _handler = handler;
        _payload = payload;
        _type = type;
        _registration = cancellationToken.UnsafeRegister(static (state, token) => ((SendOperation)state!).Cancel(token), this);
    }

    /// <summary>The message that this is a part of; null for a whole message, whose text was validated before.</summary>
    public OutgoingMessageStream? Message { get; init; }

    public bool IsLast { get; init; } = true;

    /// <summary>
    /// A task that completes with true when the message was queued, and with false when a whole message was sent after a
    /// normal close.
    /// </summary>
    public Task<bool> Task => _result.Task;

    public void Run() => _handler.Sends.Send(this);

    /// <returns>Whether the message was sent: false when it was cancelled before, or rejected.</returns>
    public bool Execute(WebSocketConnection connection)
    {
        if (!TryClaim()) return false;
        _registration.Dispose();
        try
        {
            if (Message is null) connection.SendMessage(_payload.Span, _type);
            else connection.SendPart(_payload.Span, _type, IsLast);
        }
        catch (ArgumentException exception)
        {
            _result.TrySetException(exception);
            return false;
        }

        _result.TrySetResult(true);
        return true;
    }

    /// <summary>
    /// Completes the send after the end of the connection. The end fails a message that was begun; a whole one fails unless
    /// the close was normal.
    /// </summary>
    public void Refuse(in ConnectionEnd end)
    {
        if (!TryClaim()) return;
        _registration.Dispose();
        if (Message is null && end.IsNormal) _result.TrySetResult(false);
        else _result.TrySetException(_handler.Exception(end));
    }

    private bool TryClaim() => Interlocked.Exchange(ref _isClaimed, 1) == 0;

    private void Cancel(CancellationToken token)
    {
        if (TryClaim()) _result.TrySetCanceled(token);
    }
}

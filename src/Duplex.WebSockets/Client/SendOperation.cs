using Duplex.Execution;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Client;

/// <summary>One awaited send. Either its cancellation or its execution wins; the connection notices neither.</summary>
internal sealed class SendOperation : IShardWork
{
    private readonly TaskCompletionSource<bool> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ClientHandler _handler;
    private readonly ReadOnlyMemory<byte> _payload;
    private readonly MessageType _type;
    private readonly CancellationTokenRegistration _registration;
    private int _isClaimed;

    public SendOperation(ClientHandler handler, ReadOnlyMemory<byte> payload, MessageType type, CancellationToken cancellationToken)
    {
        _handler = handler;
        _payload = payload;
        _type = type;
        _registration = cancellationToken.UnsafeRegister(static (state, token) => ((SendOperation)state!).Cancel(token), this);
    }

    /// <summary>The message that this is a part of; null for a whole one, of which text is known to be UTF-8.</summary>
    public OutgoingMessageStream? Message { get; init; }

    public bool IsLast { get; init; } = true;

    /// <summary>True when it was queued; false when a whole message came too late, after a normal close.</summary>
    public Task<bool> Task => _result.Task;

    public void Run() => _handler.Send(this);

    /// <returns>Whether something was sent: it was not cancelled before, nor refused.</returns>
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

    /// <summary>The connection has ended before. A message that was begun is cut off by any end, a whole one is late after a normal close.</summary>
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

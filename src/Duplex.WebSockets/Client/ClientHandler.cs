using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Duplex.Execution;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Client;

/// <summary>
/// Between a client's connection, which lives on its shard, and the application's awaits, which may come from any
/// thread: what was received waits here within a bound of bytes, and sends wait for room.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The streams are the application's to dispose.")]
internal sealed class ClientHandler(int receiveQueueBytes) : IWebSocketHandler, IAwaitedHandler, IShardWork
{
    private readonly Channel<InboxEntry> _inbox = Channel.CreateUnbounded<InboxEntry>(new() { SingleWriter = true });
    private readonly TaskCompletionSource<ConnectionEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<SendOperation> _waiting = new();
    private WebSocketConnection? _connection;
    private IncomingMessageStream? _incoming;
    private OutgoingMessageStream? _outgoing;
    private SendOperation? _outgoingPart;
    private long _queuedBytes;
    private int _unfinished;
    private volatile bool _isPaused;
    private volatile bool _isEnding;
    private CloseFrame? _sent;
    private CloseFrame? _received;

    public ChannelReader<InboxEntry> Inbox => _inbox.Reader;

    /// <summary>Whether messages are read as streams. Any thread.</summary>
    public bool IsStreaming { get; private set; }

    public long QueuedBytes => Interlocked.Read(ref _queuedBytes);

    /// <summary>The peer's close frame, known once the connection has ended.</summary>
    public CloseFrame? Received => _received;

    /// <summary>How the connection ended, once it has.</summary>
    public Task<ConnectionEnd> Completion => _completion.Task;

    public void OnOpen(WebSocketConnection connection) => _connection = connection;

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        var queued = Interlocked.Add(ref _queuedBytes, InboxEntry.SizeOf(message.Payload.Length));
        Interlocked.Increment(ref _unfinished);
        _inbox.Writer.TryWrite(new InboxEntry(new ReceivedMessage(message.Type, message.Payload.ToArray()), null));
        PauseAbove(queued);
    }

    public void OnMessagePart(WebSocketConnection connection, in WebSocketMessagePart part)
    {
        if (part.IsFirst)
        {
            Interlocked.Increment(ref _unfinished);
            _incoming = new IncomingMessageStream(part.Type, this);
            _inbox.Writer.TryWrite(new InboxEntry(default, _incoming));
        }

        var queued = Interlocked.Add(ref _queuedBytes, InboxEntry.SizeOf(part.Payload.Length));
        _incoming!.Add(part.Payload);
        if (part.IsLast) _incoming.Complete();
        PauseAbove(queued);
    }

    public void OnWritable(WebSocketConnection connection) => SendWaiting();

    public bool DefersEnd(in ConnectionEnd end)
    {
        // Before the count is read: whoever finishes the last message after this sees it.
        _isEnding = true;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _unfinished) == 0) return false;
        Record(end);
        // Whoever reads the message that was cut off must not wait for the rest of it.
        _incoming?.Complete(Exception(end));
        return true;
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
        Record(end);
        // Does nothing to a message that is whole.
        _incoming?.Complete(Exception(end));
        _inbox.Writer.TryComplete();
        _completion.TrySetResult(end);
        _outgoingPart?.Refuse(end);
        while (_waiting.TryDequeue(out var operation)) operation.Refuse(end);
    }

    /// <summary>From now on messages are read as streams. Any thread.</summary>
    public void StartStreaming(WebSocketConnection connection)
    {
        if (IsStreaming) return;
        IsStreaming = true;
        // It may not be open yet.
        connection.Shard.Post(static connection => connection.ReceiveInParts(), connection);
    }

    /// <summary>A payload of this length was taken from the inbox. Any thread.</summary>
    public void OnTaken(int payloadLength)
    {
        var queued = Interlocked.Add(ref _queuedBytes, -InboxEntry.SizeOf(payloadLength));
        if (_isPaused && queued <= receiveQueueBytes / 2) _connection!.Shard.Post(this);
    }

    /// <summary>The application has done with a message: it came back for the next one, or reads no more. Any thread.</summary>
    public void OnFinished()
    {
        if (Interlocked.Decrement(ref _unfinished) == 0 && _isEnding) _connection!.Shard.Post(static connection => connection.EndDeferred(), _connection);
    }

    /// <summary>Goes on receiving. On the shard only.</summary>
    public void Run()
    {
        _isPaused = false;
        _connection!.ResumeReceiving();
    }

    /// <summary>Sends now, or when there is room and no other message is half sent. On the shard only.</summary>
    public void Send(SendOperation operation)
    {
        if (_completion.Task.IsCompletedSuccessfully)
        {
            operation.Refuse(_completion.Task.Result);
            return;
        }

        if (operation.Message is not null && operation.Message == _outgoing) _outgoingPart = operation;
        else _waiting.Enqueue(operation);
        SendWaiting();
    }

    /// <summary>A message that may be half sent will not be completed. On the shard only.</summary>
    public void Abandon(OutgoingMessageStream message)
    {
        if (message == _outgoing) Close(CloseCode.InternalError, "A message was abandoned.");
    }

    /// <summary>Starts the close handshake on the connection's shard. Any thread.</summary>
    public void PostClose(Shard shard, CloseCode code, string reason) =>
        shard.Post(static close => close.Handler.Close(close.Code, close.Reason), (Handler: this, Code: code, Reason: reason));

    /// <summary>Starts the close handshake. On the shard only.</summary>
    public void Close(CloseCode code, string reason)
    {
        if (!_connection!.IsOpen) return;
        // The peer's close frame or fault came first, and its code is what is sent.
        if (!_isEnding) _sent = new CloseFrame(code, ClosePayload.CutReason(reason));
        _connection.Close(code, reason);
        // The peer's close frame waits behind what was not read yet.
        Run();
    }

    /// <summary>Throws unless the connection was closed normally. RFC 6455 section 7.4.1.</summary>
    public void ThrowIfAbnormal(in ConnectionEnd end)
    {
        if (!end.IsNormal) throw Exception(end);
    }

    public WebSocketClosedException Exception(in ConnectionEnd end) => new(this, end, _sent, _received);

    private void PauseAbove(long queued)
    {
        if (queued <= receiveQueueBytes) return;
        _connection!.PauseReceiving();
        _isPaused = true;
        // The reader may have emptied the queue before it could see the flag, and would not come back.
        if (Interlocked.Read(ref _queuedBytes) <= receiveQueueBytes / 2) Run();
    }

    private void SendWaiting()
    {
        while (_connection!.IsOpen && _connection.IsWritable && TryTakeNext(out var operation))
        {
            if (operation.Execute(_connection) && operation.Message is { } message) _outgoing = operation.IsLast ? null : message;
        }
    }

    // RFC 6455 section 5.4: between the parts of a message no other can be sent, however long it waits.
    private bool TryTakeNext([NotNullWhen(true)] out SendOperation? operation)
    {
        if (_outgoing is null) return _waiting.TryDequeue(out operation);
        (operation, _outgoingPart) = (_outgoingPart, null);
        return operation is not null;
    }

    private void Record(in ConnectionEnd end)
    {
        switch (end.Reason)
        {
            case EndReason.ClosedByPeer:
                _received = new CloseFrame(end.Code, end.CloseReason);
                _sent ??= new CloseFrame(end.Code, "");
                break;
            case EndReason.ClosedByApplication when end.Code != CloseCode.AbnormalClosure:
                _received = new CloseFrame(end.Code, end.CloseReason);
                break;
            case var _ when end.Code != CloseCode.AbnormalClosure:
                // We failed the connection: the code that counts is the one we sent.
                _sent ??= new CloseFrame(end.Code, end.CloseReason);
                break;
        }
    }
}

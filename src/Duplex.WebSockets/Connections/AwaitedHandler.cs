using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Duplex.Execution;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Connects a connection, which runs on its shard, to the awaits of the application, which may come from any
/// thread: received messages wait here within a bound of bytes, and sends wait for room.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The application disposes the streams.")]
internal sealed class AwaitedHandler : IWebSocketHandler, IAwaitedHandler, IShardWork
{
    private readonly int _receiveQueueBytes;
    private readonly Channel<InboxEntry> _inbox = Channel.CreateUnbounded<InboxEntry>(new() { SingleWriter = true });
    private readonly TaskCompletionSource<ConnectionEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebSocketConnection? _connection;
    private IncomingMessageStream? _incoming;
    private long _queuedBytes;
    private int _unfinished;
    private volatile bool _isPaused;
    private volatile bool _isEnding;
    private CloseFrame? _sent;
    private CloseFrame? _received;

    public AwaitedHandler(int receiveQueueBytes)
    {
        _receiveQueueBytes = receiveQueueBytes;
        Sends = new AwaitedSends(this);
    }

    public AwaitedSends Sends { get; }

    public ChannelReader<InboxEntry> Inbox => _inbox.Reader;

    /// <summary>Whether messages are read as streams. Any thread.</summary>
    public bool IsStreaming { get; private set; }

    public long QueuedBytes => Interlocked.Read(ref _queuedBytes);

    /// <summary>The peer's close frame, or null; set once the connection has ended.</summary>
    public CloseFrame? Received => _received;

    /// <summary>A task that completes with the end of the connection.</summary>
    public Task<ConnectionEnd> Completion => _completion.Task;

    public void OnOpen(WebSocketConnection connection)
    {
        _connection = connection;
        Sends.Open(connection);
    }

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

    public void OnWritable(WebSocketConnection connection) => Sends.OnWritable();

    public bool DefersEnd(in ConnectionEnd end)
    {
        // The flag is set before the count is read, so that a reader that finishes the last message later sees it.
        _isEnding = true;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _unfinished) == 0) return false;
        Record(end);
        // A reader of the incomplete message must not wait for the rest of it.
        _incoming?.Complete(Exception(end));
        return true;
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
        Record(end);
        // This call has no effect on a complete message.
        _incoming?.Complete(Exception(end));
        _inbox.Writer.TryComplete();
        _completion.TrySetResult(end);
        Sends.OnClosed(end);
    }

    /// <summary>Switches to reading messages as streams. Any thread.</summary>
    public void StartStreaming(WebSocketConnection connection)
    {
        if (IsStreaming) return;
        IsStreaming = true;
        // The connection may not be open yet, so the call is posted.
        connection.Shard.Post(static connection => connection.ReceiveInParts(), connection);
    }

    /// <summary>Reports that a payload of this length was taken from the inbox. Any thread.</summary>
    public void OnTaken(int payloadLength)
    {
        var queued = Interlocked.Add(ref _queuedBytes, -InboxEntry.SizeOf(payloadLength));
        if (_isPaused && queued <= _receiveQueueBytes / 2) _connection!.Shard.Post(this);
    }

    /// <summary>Reports that the application has finished a message: it requested the next one, or stopped reading. Any thread.</summary>
    public void OnFinished()
    {
        if (Interlocked.Decrement(ref _unfinished) == 0 && _isEnding) _connection!.Shard.Post(static connection => connection.EndDeferred(), _connection);
    }

    /// <summary>Resumes receiving. On the shard only.</summary>
    public void Run()
    {
        _isPaused = false;
        _connection!.ResumeReceiving();
    }

    /// <summary>Closes the connection with 1011 when the abandoned message is half sent. On the shard only.</summary>
    public void Abandon(OutgoingMessageStream message)
    {
        if (Sends.IsInProgress(message)) Close(CloseCode.InternalError, "A message was abandoned.");
    }

    /// <summary>Starts the closing handshake on the connection's shard. Any thread.</summary>
    public void PostClose(Shard shard, CloseCode code, string reason) =>
        shard.Post(static close => close.Handler.Close(close.Code, close.Reason), (Handler: this, Code: code, Reason: reason));

    /// <summary>Starts the closing handshake. On the shard only.</summary>
    public void Close(CloseCode code, string reason)
    {
        if (!_connection!.IsOpen) return;
        // After the peer's close frame or fault, its code is the one that is sent.
        if (!_isEnding) _sent = new CloseFrame(code, ClosePayload.CutReason(reason));
        _connection.Close(code, reason);
        // The peer's close frame may be behind unread bytes, so receiving resumes.
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
        if (queued <= _receiveQueueBytes) return;
        _connection!.PauseReceiving();
        _isPaused = true;
        // The reader may have emptied the queue before the flag was visible to it, and would not resume receiving.
        if (Interlocked.Read(ref _queuedBytes) <= _receiveQueueBytes / 2) Run();
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
                // The local side failed the connection, so the code that it sent counts.
                _sent ??= new CloseFrame(end.Code, end.CloseReason);
                break;
        }
    }
}

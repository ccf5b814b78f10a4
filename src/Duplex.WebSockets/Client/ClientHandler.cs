using System.Threading.Channels;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Client;

/// <summary>
/// Between a client's connection, which lives on its owner, and the application's awaits, which may come from any
/// thread: received messages wait here within a bound of bytes, and sends wait for room.
/// </summary>
internal sealed class ClientHandler(int receiveQueueBytes) : IWebSocketHandler, IOwnerWork
{
    // What a queued message costs beside its payload.
    private const int MessageOverhead = 64;

    private readonly Channel<ReceivedMessage> _inbox = Channel.CreateUnbounded<ReceivedMessage>(new() { SingleWriter = true });
    private readonly TaskCompletionSource<ConnectionEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<SendOperation> _waiting = new();
    private ProtocolConnection? _connection;
    private long _queuedBytes;
    private volatile bool _isPaused;
    private CloseFrame? _sent;
    private CloseFrame? _received;

    public ChannelReader<ReceivedMessage> Inbox => _inbox.Reader;

    public long QueuedBytes => Interlocked.Read(ref _queuedBytes);

    /// <summary>The peer's close frame, known once the connection has ended.</summary>
    public CloseFrame? Received => _received;

    /// <summary>How the connection ended, once it has.</summary>
    public Task<ConnectionEnd> Completion => _completion.Task;

    public void OnOpen(WebSocketConnection connection) => _connection = (ProtocolConnection)connection;

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        var size = message.Payload.Length + MessageOverhead;
        var queued = Interlocked.Add(ref _queuedBytes, size);
        _inbox.Writer.TryWrite(new ReceivedMessage(message.Type, message.Payload.ToArray()));
        if (queued <= receiveQueueBytes) return;

        _connection!.PauseReceiving();
        _isPaused = true;
        // The reader may have emptied the queue before it could see the flag, and would not come back.
        if (Interlocked.Read(ref _queuedBytes) <= receiveQueueBytes / 2) Run();
    }

    public void OnWritable(WebSocketConnection connection)
    {
        while (connection.IsWritable && _waiting.TryDequeue(out var operation)) operation.Execute(connection);
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
        Record(end);
        _inbox.Writer.TryComplete();
        _completion.TrySetResult(end);
        while (_waiting.TryDequeue(out var operation)) operation.Fail(Exception(end));
    }

    /// <summary>A message was taken from the inbox. Any thread.</summary>
    public void OnTaken(in ReceivedMessage message)
    {
        var queued = Interlocked.Add(ref _queuedBytes, -(message.Payload.Length + MessageOverhead));
        if (_isPaused && queued <= receiveQueueBytes / 2) _connection!.Owner.Post(this);
    }

    /// <summary>Goes on receiving. Owner only.</summary>
    public void Run()
    {
        _isPaused = false;
        _connection!.ResumeReceiving();
    }

    /// <summary>Sends now, or when there is room. Owner only.</summary>
    public void Send(SendOperation operation)
    {
        if (_completion.Task.IsCompletedSuccessfully) operation.Fail(Exception(_completion.Task.Result));
        else if (_connection!.IsOpen && _connection.IsWritable && _waiting.Count == 0) operation.Execute(_connection);
        else _waiting.Enqueue(operation);
    }

    /// <summary>Starts the close handshake. Owner only.</summary>
    public void Close(CloseCode code, string reason)
    {
        if (!_connection!.IsOpen) return;
        _sent = new CloseFrame(code, reason);
        _connection.Close(code, reason);
        // The peer's close frame waits behind what was not read yet.
        Run();
    }

    /// <summary>Throws unless the connection was closed normally. RFC 6455 section 7.4.1.</summary>
    public void ThrowIfAbnormal(in ConnectionEnd end)
    {
        var isNormal = end.Reason == EndReason.ClosedByApplication
            || (end.Reason == EndReason.ClosedByPeer && end.Code is CloseCode.NormalClosure or CloseCode.GoingAway or CloseCode.NoStatusReceived);
        if (!isNormal) throw Exception(end);
    }

    public WebSocketClosedException Exception(in ConnectionEnd end) => new(end, _sent, _received);

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

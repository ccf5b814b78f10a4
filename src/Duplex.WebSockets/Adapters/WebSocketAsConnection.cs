using System.Buffers;
using System.Net.WebSockets;
using Duplex.Execution;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Sending;
using Duplex.WebSockets.Streams;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Adapters;

/// <summary>
/// Runs Duplex handlers on a <see cref="WebSocket"/> that another stack opened: all code for a
/// <see cref="WebSocketConnection"/> works on it. The other stack handles frames, masking, compression and pings, so
/// <see cref="RoundTripTime"/> is always null, and <see cref="CloseCode.NoStatusReceived"/> sends 1000. Closing and
/// backpressure follow the rules of the engine's own connections.
/// </summary>
public sealed class WebSocketAsConnection : WebSocketConnection
{
    private const int ReadBytes = 16 * 1024;

    private readonly WebSocket _socket;
    private readonly IWebSocketHandler _handler;
    private readonly WebSocketConnectionOptions _options;
    private readonly ShardSwitch _receiving, _sending;
    private readonly Queue<OutgoingMessage> _queue = new();
    private readonly CloseTimer _closeTimer;
    private readonly ILogger _logger;
    private Task _sendingAll = Task.CompletedTask;
    private long _queuedBytes;
    private PartsInProgress? _parts;
    private ConnectionEnd? _end, _deferredEnd;
    private TaskCompletionSource? _resumed, _writable, _answered;
    private bool _isAborted, _isSending, _isBlocked, _isClosing, _hasEnded, _receivesInParts;

    /// <summary>Creates the connection; <see cref="RunAsync"/> opens it.</summary>
    /// <param name="socket">The open socket. The caller disposes it after the run.</param>
    /// <param name="shard">The shard of the connection.</param>
    /// <param name="handler">The handler of its events.</param>
    /// <param name="options">The options, of which the largest message, the marks of the send queue and the close time-out apply.</param>
    /// <param name="logger">The logger of exceptions of the handler.</param>
    public WebSocketAsConnection(
        WebSocket socket, Shard shard, IWebSocketHandler handler, WebSocketConnectionOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
        _handler = handler;
        _options = options;
        _logger = logger;
        Shard = shard;
        Subprotocol = socket.SubProtocol;
        _receiving = new ShardSwitch(shard);
        _sending = new ShardSwitch(shard);
        _closeTimer = new CloseTimer(this);
    }

    /// <inheritdoc/>
    public override Shard Shard { get; }

    /// <inheritdoc/>
    public override long QueuedBytes => _queuedBytes;

    /// <inheritdoc/>
    public override bool IsWritable => !_isBlocked;

    /// <summary>Always null, because the other stack sends the pings.</summary>
    public override TimeSpan? RoundTripTime => null;

    /// <summary>
    /// Opens the connection and runs it to its end. Call it once, from any thread. The task never faults for the peer's
    /// behaviour.
    /// </summary>
    public async Task RunAsync()
    {
        await _receiving;
        ConnectionMetrics.Opened(_logger);
        Guard(() => _handler.OnOpen(this));
        await ReceiveAllAsync().ConfigureAwait(false);
        await _receiving;
        _isClosing = true;
        // The local close frame may still wait behind messages; the close time-out bounds the wait.
        await _sendingAll.ConfigureAwait(false);
        await _receiving;
        _hasEnded = true;
        Shard.Cancel(_closeTimer);
        while (_queue.TryDequeue(out var outgoing)) outgoing.Release();
        var end = _end.GetValueOrDefault();
        ConnectionMetrics.Ended(end.Reason, _logger);
        Guard(() => _handler.OnClosed(this, end));
    }

    /// <inheritdoc/>
    private protected override void SendPrepared(PreparedMessage message)
    {
        if (!MayQueue()) return;
        ThrowIfInParts();
        message.Retain();
        Enqueue(new OutgoingMessage(null, message, message.Payload, message.Type));
    }

    /// <inheritdoc/>
    private protected override void SendNextPart(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        var parts = _parts ?? new PartsInProgress(type);
        parts.Check(payload, type, isLast);
        if ((payload.IsEmpty && !isLast) || !MayQueue()) return;
        _parts = isLast ? null : parts;
        Enqueue(payload, type, isLast);
    }

    /// <inheritdoc/>
    private protected override void DeliverParts() => _receivesInParts = true;

    /// <inheritdoc/>
    private protected override void StartClose(CloseCode code, string reason)
    {
        if (EndDeferred() || !IsOpen) return;
        SendClose(code, reason);
    }

    private void SendClose(CloseCode code, string reason)
    {
        (_handler as IAwaitedHandler)?.Sends.Close();
        _isClosing = true;
        StopWaitingForRoom();
        // A System.Net.WebSockets socket would send 1005 itself, which RFC 6455 section 7.4.1 forbids.
        if (code == CloseCode.NoStatusReceived) code = CloseCode.NormalClosure;
        Shard.Schedule(_closeTimer, _options.CloseTimeout);
        _queue.Enqueue(new OutgoingMessage(null, null, default, default) { Code = code, Reason = reason });
        if (!_isSending) _sendingAll = SendAllAsync();
    }

    /// <inheritdoc/>
    public override void Abort()
    {
        if (Shard.IsCurrent) Drop(EndReason.Aborted);
        else Shard.Post(static connection => connection.Abort(), this);
    }

    /// <inheritdoc/>
    public override void PauseReceiving()
    {
        CheckShard();
        if (!_isAborted) _resumed ??= NewSource();
    }

    /// <inheritdoc/>
    public override void ResumeReceiving()
    {
        CheckShard();
        _resumed?.TrySetResult();
        _resumed = null;
    }

    /// <inheritdoc/>
    internal override bool IsOpen => !_isClosing && !_hasEnded;

    /// <inheritdoc/>
    internal override long SendRoom => IsWritable ? _options.SendHighWaterBytes - _queuedBytes : 0;

    /// <inheritdoc/>
    internal override bool EndDeferred()
    {
        if (_deferredEnd is not { } end) return false;
        _deferredEnd = null;
        _end ??= end;
        // RFC 6455 section 5.5.1: the response to the peer's close frame echoes its code; the other stack has validated it.
        var isFault = end.Reason == EndReason.LimitExceeded;
        SendClose(CloseCodes.IsLegal((ushort)end.Code) ? end.Code : CloseCode.NormalClosure, isFault ? end.CloseReason : "");
        _answered?.TrySetResult();
        return true;
    }

    /// <inheritdoc/>
    internal override void SendMessage(ReadOnlySpan<byte> payload, MessageType type)
    {
        if (!MayQueue()) return;
        ThrowIfInParts();
        Enqueue(payload, type, isLast: true);
    }

    // One frame may be larger than any limit, however fast its peer reads: the limit applies to the next one.
    private bool MayQueue()
    {
        if (!IsOpen) return false;
        if (!(_queuedBytes > _options.MaxQueuedBytes)) return true;
        Drop(EndReason.SendQueueFull);
        return false;
    }

    private void ThrowIfInParts()
    {
        if (_parts is not null) throw new InvalidOperationException("A message is being sent in parts: send its last part first.");
    }

    private void Enqueue(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(buffer);
        Enqueue(new OutgoingMessage(buffer, null, buffer.AsMemory(0, payload.Length), type) { IsLast = isLast });
    }

    private void Enqueue(in OutgoingMessage outgoing)
    {
        _queue.Enqueue(outgoing);
        _queuedBytes += outgoing.Payload.Length;
        if (_queuedBytes > _options.SendHighWaterBytes) _isBlocked = true;
        if (!_isSending) _sendingAll = SendAllAsync();
    }

    private async Task SendAllAsync()
    {
        _isSending = true;
        while (_queue.TryDequeue(out var next))
        {
            try
            {
                if (next.Code is { } code) await _socket.CloseOutputAsync((WebSocketCloseStatus)code, next.Reason, default).ConfigureAwait(false);
                else await _socket.SendAsync(next.Payload, (WebSocketMessageType)(next.Type - MessageType.Text), next.IsLast, default).ConfigureAwait(false);
            }
            catch (Exception exception) when (StreamFailure.IsExpected(exception) || exception is WebSocketException)
            {
                await _sending;
                Drop(LostReason);
            }

            await _sending;
            next.Release();
            _queuedBytes -= next.Payload.Length;
            (_handler as IAwaitedHandler)?.Sends.OnSent();
            if (!_isBlocked || _queuedBytes > _options.SendHighWaterBytes / 2) continue;
            _isBlocked = false;
            StopWaitingForRoom();
            if (IsOpen) Guard(() => _handler.OnWritable(this));
        }

        _isSending = false;
    }

    /// <summary>Receives until the peer's close frame, a fault or the end of the transport. On the shard before.</summary>
    private async Task ReceiveAllAsync()
    {
        var message = new ArrayBufferWriter<byte>(ReadBytes);
        var length = 0L;
        while (true)
        {
            await WaitForRoomAsync().ConfigureAwait(false);
            ValueWebSocketReceiveResult result;
            try
            {
                result = await _socket.ReceiveAsync(message.GetMemory(ReadBytes), default).ConfigureAwait(false);
            }
            catch (Exception exception) when (StreamFailure.IsExpected(exception) || exception is WebSocketException)
            {
                await _receiving;
                // A pending send must not outlive the socket.
                Drop(LostReason);
                return;
            }

            await _receiving;
            while (_resumed is { } resumed)
            {
                await resumed.Task.ConfigureAwait(false);
                await _receiving;
            }

            if (result.MessageType == WebSocketMessageType.Close)
            {
                var reason = _isClosing ? EndReason.ClosedByApplication : EndReason.ClosedByPeer;
                await EndAfterAnswersAsync(new ConnectionEnd(reason, (CloseCode)(_socket.CloseStatus ?? WebSocketCloseStatus.Empty), _socket.CloseStatusDescription ?? "")).ConfigureAwait(false);
                return;
            }

            message.Advance(result.Count);
            if ((length += result.Count) > _options.MaxMessageBytes)
            {
                // Later bytes are not read: the close time-out ends a peer that continues to send.
                await EndAfterAnswersAsync(new ConnectionEnd(EndReason.LimitExceeded, CloseCode.MessageTooBig, $"A message is larger than {_options.MaxMessageBytes} bytes.")).ConfigureAwait(false);
                return;
            }

            if (!result.EndOfMessage && (!_receivesInParts || message.WrittenCount == 0)) continue;
            Deliver(message, result, isFirst: length == message.WrittenCount);
            message.ResetWrittenCount();
            if (result.EndOfMessage) length = 0;
        }
    }

    // A peer that sends without reading gets backpressure, instead of filling the send queue with responses. Awaited sends
    // wait for room by themselves.
    private async Task WaitForRoomAsync()
    {
        while (_isBlocked && IsOpen && _handler is not IAwaitedHandler)
        {
            _writable = NewSource();
            await _writable.Task.ConfigureAwait(false);
            await _receiving;
        }
    }

    private void StopWaitingForRoom()
    {
        _writable?.TrySetResult();
        _writable = null;
    }

    /// <summary>
    /// Ends the connection after the application has responded to earlier messages: its responses are sent before the local
    /// close frame, and the close time-out bounds the wait.
    /// </summary>
    private async Task EndAfterAnswersAsync(ConnectionEnd end)
    {
        if (_isClosing)
        {
            _end ??= end;
            return;
        }

        _deferredEnd = end;
        if (_handler is not IAwaitedHandler awaited || !awaited.DefersEnd(end))
        {
            EndDeferred();
            return;
        }

        _answered = NewSource();
        Shard.Schedule(_closeTimer, _options.CloseTimeout);
        await _answered.Task.ConfigureAwait(false);
    }

    // A transport that ends after the local close frame has been sent has ended as requested.
    private EndReason LostReason => _isClosing ? EndReason.ClosedByApplication : EndReason.TransportLost;

    private void Drop(EndReason reason)
    {
        _end ??= new ConnectionEnd(reason, CloseCode.AbnormalClosure, "");
        _isClosing = true;
        _isAborted = true;
        _deferredEnd = null;
        _socket.Abort();
        _answered?.TrySetResult();
        _resumed?.TrySetResult();
        _resumed = null;
        StopWaitingForRoom();
    }

    private void OnCloseTimeout()
    {
        if (!EndDeferred()) Drop(EndReason.CloseTimeout);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Deliver(ArrayBufferWriter<byte> message, ValueWebSocketReceiveResult result, bool isFirst)
    {
        if (_isClosing) return;
        var type = result.MessageType == WebSocketMessageType.Text ? MessageType.Text : MessageType.Binary;
        if (_receivesInParts) Guard(() => _handler.OnMessagePart(this, new WebSocketMessagePart(message.WrittenSpan, type, isFirst, result.EndOfMessage)));
        else Guard(() => _handler.OnMessage(this, new WebSocketMessage(message.WrittenSpan, type)));
    }

    private void Guard(Action call)
    {
        try
        {
            call();
        }
#pragma warning disable CA1031 // An exception of a handler ends its own connection only.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ConnectionLog.WebSocketHandlerFailed(_logger, exception);
            _deferredEnd = null;
            _end ??= new ConnectionEnd(EndReason.HandlerFailed, CloseCode.InternalError, "");
            if (IsOpen) SendClose(CloseCode.InternalError, "");
            _answered?.TrySetResult();
        }
    }

    private sealed class CloseTimer(WebSocketAsConnection connection) : ShardTimer
    {
        protected override void OnDue() => connection.OnCloseTimeout();
    }
}

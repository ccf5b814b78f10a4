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
/// <see cref="RoundTripTime"/> is always null.
/// </summary>
public sealed class WebSocketAsConnection : WebSocketConnection
{
    private const int ReadBytes = 16 * 1024;

    private readonly WebSocket _socket;
    private readonly IWebSocketHandler _handler;
    private readonly WebSocketConnectionOptions _options;
    private readonly ShardSwitch _receiving, _sending;
    private readonly Queue<Outgoing> _queue = new();
    private readonly CloseTimer _closeTimer;
    private readonly ILogger _logger;
    private Task _sendingAll = Task.CompletedTask;
    private long _queuedBytes;
    private PartsInProgress? _parts;
    private ConnectionEnd? _ownEnd;
    private volatile TaskCompletionSource? _resumed;
    private volatile bool _isAborted;
    private bool _isSending, _isBlocked, _isClosing, _hasEnded, _receivesInParts;

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
        var end = await ReceiveAllAsync().ConfigureAwait(false);
        await _receiving;
        _isClosing = true;
        // The local close frame may still wait behind messages; the close time-out bounds the wait.
        await _sendingAll.ConfigureAwait(false);
        await _receiving;
        _hasEnded = true;
        Shard.Cancel(_closeTimer);
        while (_queue.TryDequeue(out var outgoing)) outgoing.Release();
        end = _ownEnd ?? end;
        ConnectionMetrics.Ended(end.Reason, _logger);
        Guard(() => _handler.OnClosed(this, end));
    }

    /// <inheritdoc/>
    private protected override void SendPrepared(PreparedMessage message)
    {
        if (!MayQueue()) return;
        ThrowIfInParts();
        message.Retain();
        Enqueue(new Outgoing(null, message, message.Payload, message.Type));
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
        if (!IsOpen) return;
        _isClosing = true;
        Shard.Schedule(_closeTimer, _options.CloseTimeout);
        _queue.Enqueue(new Outgoing(null, null, default, default) { Code = code, Reason = reason });
        if (!_isSending) _sendingAll = SendAllAsync();
    }

    /// <inheritdoc/>
    public override void Abort()
    {
        _isAborted = true;
        _socket.Abort();
        _resumed?.TrySetResult();
    }

    /// <inheritdoc/>
    public override void PauseReceiving()
    {
        CheckShard();
        _resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Another thread may have aborted before the source of the pause was visible to it.
        if (_isAborted) _resumed.TrySetResult();
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
    internal override bool EndDeferred() => false;

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
        _ownEnd ??= new ConnectionEnd(EndReason.SendQueueFull, CloseCode.AbnormalClosure, "");
        _isClosing = true;
        Abort();
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
        Enqueue(new Outgoing(buffer, null, buffer.AsMemory(0, payload.Length), type) { IsLast = isLast });
    }

    private void Enqueue(in Outgoing outgoing)
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
                // The receiving side fails as well and ends the connection.
                Abort();
            }

            await _sending;
            next.Release();
            _queuedBytes -= next.Payload.Length;
            if (!_isBlocked || _queuedBytes > _options.SendHighWaterBytes / 2) continue;
            _isBlocked = false;
            if (IsOpen) Guard(() => _handler.OnWritable(this));
        }

        _isSending = false;
    }

    private async Task<ConnectionEnd> ReceiveAllAsync()
    {
        var message = new ArrayBufferWriter<byte>(ReadBytes);
        var length = 0L;
        while (true)
        {
            ValueWebSocketReceiveResult result;
            try
            {
                result = await _socket.ReceiveAsync(message.GetMemory(ReadBytes), default).ConfigureAwait(false);
            }
            catch (Exception exception) when (StreamFailure.IsExpected(exception) || exception is WebSocketException)
            {
                // A pending send must not outlive the socket.
                Abort();
                await _receiving;
                return new ConnectionEnd(_isClosing ? EndReason.CloseTimeout : EndReason.TransportLost, CloseCode.AbnormalClosure, "");
            }

            await _receiving;
            while (!_isAborted && _resumed is { } resumed)
            {
                await resumed.Task.ConfigureAwait(false);
                await _receiving;
            }

            if (result.MessageType == WebSocketMessageType.Close) return OnPeerClose();
            message.Advance(result.Count);
            if ((length += result.Count) > _options.MaxMessageBytes)
            {
                // Later bytes are not read: the close time-out ends a peer that continues to send.
                var fault = new ConnectionEnd(EndReason.LimitExceeded, CloseCode.MessageTooBig, $"A message is larger than {_options.MaxMessageBytes} bytes.");
                StartClose(fault.Code, fault.CloseReason);
                return fault;
            }

            if (!result.EndOfMessage && (!_receivesInParts || message.WrittenCount == 0)) continue;
            Deliver(message, result, isFirst: length == message.WrittenCount);
            message.ResetWrittenCount();
            if (result.EndOfMessage) length = 0;
        }
    }

    private void Deliver(ArrayBufferWriter<byte> message, ValueWebSocketReceiveResult result, bool isFirst)
    {
        if (_isClosing) return;
        var type = result.MessageType == WebSocketMessageType.Text ? MessageType.Text : MessageType.Binary;
        if (_receivesInParts) Guard(() => _handler.OnMessagePart(this, new WebSocketMessagePart(message.WrittenSpan, type, isFirst, result.EndOfMessage)));
        else Guard(() => _handler.OnMessage(this, new WebSocketMessage(message.WrittenSpan, type)));
    }

    private ConnectionEnd OnPeerClose()
    {
        var reason = _isClosing ? EndReason.ClosedByApplication : EndReason.ClosedByPeer;
        var code = (CloseCode)(_socket.CloseStatus ?? WebSocketCloseStatus.Empty);
        // RFC 6455 section 5.5.1: the response echoes the code; the other stack is responsible for its validation.
        StartClose(CloseCodes.IsLegal((ushort)code) ? code : CloseCode.NormalClosure, "");
        return new ConnectionEnd(reason, code, _socket.CloseStatusDescription ?? "");
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
            _ownEnd ??= new ConnectionEnd(EndReason.HandlerFailed, CloseCode.InternalError, "");
            StartClose(CloseCode.InternalError, "");
        }
    }

    private readonly record struct Outgoing(byte[]? Buffer, PreparedMessage? Message, ReadOnlyMemory<byte> Payload, MessageType Type)
    {
        public CloseCode? Code { get; init; }

        public string Reason { get; init; } = "";

        public bool IsLast { get; init; } = true;

        public void Release()
        {
            if (Buffer is not null) ArrayPool<byte>.Shared.Return(Buffer);
            Message?.Release();
        }
    }

    private sealed class CloseTimer(WebSocketAsConnection connection) : ShardTimer
    {
        protected override void OnDue() => connection.Abort();
    }
}

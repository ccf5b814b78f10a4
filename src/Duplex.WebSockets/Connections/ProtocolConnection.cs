using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Sending;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// A WebSocket's behaviour between the transport's bytes and the application's handler, the same in every shell:
/// messages, pings and idle detection, the close handshake, limits and time-outs. A shell derives from it, feeds
/// <see cref="Receive"/>, takes bytes to send, and ends the transport when told to. Everything on the owner.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The reader is disposed when the connection ends, on its owner.")]
public abstract class ProtocolConnection : WebSocketConnection
{
    // Pongs may pass the queue's limit by this much: a peer that pings and never reads is dropped in the end.
    private const int ControlRoomBytes = 16 * 1024;

    // From here on a payload's copy costs more than a call of its own.
    private const int LargePayloadBytes = 16 * 1024;

    private readonly IWebSocketHandler _handler;
    private readonly MessageReader _reader;
    private readonly WebSocketConnectionOptions _options;
    private readonly ILogger _logger;
    private readonly Func<uint>? _maskingKeys;
    private readonly KeepAlive? _keepAlive;
    private Deadline? _deadline;
    private OutgoingFrames _outgoing;
    private byte[]? _held;
    private ConnectionPhase _phase;
    private bool _isBlocked;
    private bool _isDropped;

    /// <summary>Makes the connection; nothing happens before <see cref="Open"/>.</summary>
    protected ProtocolConnection(in ConnectionSetup setup)
    {
        if (setup.Role == Role.Client) ArgumentNullException.ThrowIfNull(setup.MaskingKeys);
        Owner = setup.Owner;
        Subprotocol = setup.Subprotocol;
        _handler = setup.Handler;
        _options = setup.Options;
        _logger = setup.Logger;
        _maskingKeys = setup.Role == Role.Client ? setup.MaskingKeys : null;
        _outgoing = new OutgoingFrames(setup.Deflater);
        _reader = new MessageReader(setup.Role, _options.MessageLimits, setup.Inflater);
        _keepAlive = _options.PingInterval == Timeout.InfiniteTimeSpan ? null : new KeepAlive(this, _options);
    }

    /// <inheritdoc/>
    public sealed override ConnectionOwner Owner { get; }

    /// <inheritdoc/>
    public sealed override TimeSpan? RoundTripTime => _keepAlive?.RoundTripTime;

    /// <inheritdoc/>
    public sealed override bool IsWritable => !_isBlocked;

    /// <summary>Whether messages may still be sent: neither side has started to close.</summary>
    internal bool IsOpen => _phase == ConnectionPhase.Open;

    /// <summary>Whether the application holds up receiving; the peer is then not blamed for its silence.</summary>
    internal bool IsReceivingPaused { get; private set; }

    /// <summary>Whether the end is known: nothing more is delivered, and what still arrives is to be discarded.</summary>
    protected bool HasEnded => _phase == ConnectionPhase.Ended;

    /// <inheritdoc/>
    public sealed override void Send(PreparedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_phase != ConnectionPhase.Open) return;
        _outgoing.ThrowIfInParts();
        // A client must mask what it sends (RFC 6455 section 5.1), so only the payload can be shared.
        if (_maskingKeys is null) Enqueue(_outgoing.Shared(message));
        else Write(_outgoing.Whole(message.Payload.Span, message.Type));
        AfterQueueing();
    }

    /// <inheritdoc/>
    public sealed override void SendPart(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        var parts = _outgoing.Check(payload, type, isLast);
        if (_phase != ConnectionPhase.Open || (payload.IsEmpty && !isLast)) return;
        Write(_outgoing.Part(parts, payload, type, isLast));
        AfterQueueing();
    }

    /// <inheritdoc/>
    public sealed override void ReceiveInParts() => _reader.DeliverParts();

    /// <inheritdoc/>
    public sealed override void Close(CloseCode code, string reason = "")
    {
        if (_phase != ConnectionPhase.Open) return;
        WriteClose(code, reason);
        _phase = ConnectionPhase.Closing;
        _keepAlive?.Stop();
        SetDeadline(DeadlineKind.Close, _options.CloseTimeout);
    }

    /// <inheritdoc/>
    public sealed override void Abort()
    {
        if (Owner.IsCurrent) End(EndReason.Aborted, CloseCode.AbnormalClosure, "", TransportEnding.Drop);
        else Owner.Post(new AbortWork(this));
    }

    /// <inheritdoc/>
    protected internal sealed override void SendMessage(ReadOnlySpan<byte> payload, MessageType type)
    {
        if (_phase != ConnectionPhase.Open) return;
        _outgoing.ThrowIfInParts();
        Write(_outgoing.Whole(payload, type));
        AfterQueueing();
    }

    /// <summary>Tells the handler that the connection is open. Called once, on the owner, when sending is possible.</summary>
    protected void Open()
    {
        ConnectionMetrics.Opened(_logger);
        try
        {
            _handler.OnOpen(this);
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }

        if (_phase == ConnectionPhase.Open) _keepAlive?.Start();
    }

    /// <summary>
    /// Receives nothing more until <see cref="ResumeReceiving"/>, so that the transport holds up the peer. What the
    /// transport has read already waits here: 64 KiB or little more. Pings are not answered meanwhile, and the time does
    /// not count against the peer. Owner only.
    /// </summary>
    public void PauseReceiving()
    {
        if (HasEnded || IsReceivingPaused) return;
        IsReceivingPaused = true;
        OnReceivingPaused();
    }

    /// <summary>Goes on receiving. Owner only.</summary>
    public void ResumeReceiving()
    {
        if (!IsReceivingPaused) return;
        IsReceivingPaused = false;
        if (_phase == ConnectionPhase.Open && _reader.IsMidMessage) SetDeadline(DeadlineKind.Message, _options.MessageTimeout);
        if (_held is { } held)
        {
            _held = null;
            Read(held);
        }

        if (!IsReceivingPaused) OnReceivingResumed();
    }

    /// <summary>Lets the handler say goodbye, because the host stops. Owner only.</summary>
    public void OnStopping()
    {
        if (_phase != ConnectionPhase.Open) return;
        try
        {
            _handler.OnStopping(this);
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    /// <summary>Takes bytes that arrived; they are unmasked in place and not needed afterwards.</summary>
    protected void Receive(Span<byte> input)
    {
        _keepAlive?.HasHeard = true;
        if (IsReceivingPaused) Hold(input);
        else Read(input);
    }

    private void Read(Span<byte> input)
    {
        // RFC 6455 section 5.5.3: only the latest of several pings needs its pong, so a flood of them is answered
        // once for everything that arrived together.
        Span<byte> pong = stackalloc byte[FrameWriter.MaxControlPayloadBytes];
        var pongLength = -1;
        var isNewMessage = false;
        while (_phase != ConnectionPhase.Ended && !IsReceivingPaused && _reader.TryRead(ref input, out var e))
        {
            switch (e.Kind)
            {
                case MessageEventKind.Ping:
                    e.Payload.CopyTo(pong);
                    pongLength = e.Payload.Length;
                    break;
                case MessageEventKind.Pong:
                    _keepAlive?.OnPong(e.Payload);
                    break;
                case MessageEventKind.Close:
                    OnPeerClose(e.CloseCode, Encoding.UTF8.GetString(e.CloseReason), isFollowed: !input.IsEmpty);
                    break;
                case MessageEventKind.Fault:
                    OnFault(e.Fault);
                    break;
                default:
                    // A ping between the fragments of this message is answered before the message is.
                    if (e.IsLast) WritePong(pong, ref pongLength);
                    isNewMessage |= e.IsLast;
                    Deliver(e);
                    break;
            }
        }

        WritePong(pong, ref pongLength);
        if (IsReceivingPaused) Hold(input);
        WatchMessage(isNewMessage);
    }

    /// <summary>The peer will send nothing more, or the transport failed.</summary>
    protected void OnTransportEnded()
    {
        // What came before the end is still delivered, whoever is in no hurry for it.
        while (_held is not null) ResumeReceiving();
        End(_phase == ConnectionPhase.Closing ? EndReason.ClosedByApplication : EndReason.TransportLost, CloseCode.AbnormalClosure, "", TransportEnding.Drop);
    }

    /// <summary>Bytes left the queue: <see cref="WebSocketConnection.QueuedBytes"/> has shrunk.</summary>
    protected void OnSent()
    {
        if (!_isBlocked) return;
        // A shell may stop reading while the queue is full, and cannot hear a pong then; that the peer takes bytes is
        // a sign of life as well.
        _keepAlive?.HasHeard = true;
        if (QueuedBytes > _options.SendHighWaterBytes / 2) return;
        _isBlocked = false;
        if (_phase != ConnectionPhase.Open) return;
        try
        {
            _handler.OnWritable(this);
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    /// <summary>Stop reading the transport, soon. Called while it is paused too, when what was held is not all taken.</summary>
    protected abstract void OnReceivingPaused();

    /// <summary>Read the transport again.</summary>
    protected abstract void OnReceivingResumed();

    /// <summary>Room at the end of the send queue; bytes written there count once <see cref="AdvanceSend"/> is called.</summary>
    protected abstract Span<byte> GetSendSpan(int length);

    /// <summary>Adds written bytes to the queue. They leave when the turn ends.</summary>
    protected abstract void AdvanceSend(int length);

    /// <summary>Adds a finished frame to the queue and takes a reference until its bytes have left.</summary>
    protected abstract void Enqueue(PreparedMessage message);

    /// <summary>
    /// Adds a frame with a large payload to the queue. A shell that can send at once overrides it, and copies only
    /// what the transport does not take.
    /// </summary>
    protected virtual void EnqueueLarge(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var span = GetSendSpan(header.Length + payload.Length);
        header.CopyTo(span);
        payload.CopyTo(span[header.Length..]);
        AdvanceSend(header.Length + payload.Length);
    }

    /// <summary>
    /// Nothing more will be queued. Send what is, then end the transport so that it arrives: with
    /// <paramref name="lingers"/>, shut the sending side, and read and discard until the peer ends its own, because
    /// closing over unread bytes resets the connection and the reset discards our close frame on its way. The base
    /// class calls <see cref="DropTransport"/> when that takes longer than the close time-out.
    /// </summary>
    protected abstract void FinishTransport(bool lingers);

    /// <summary>End the transport at once. Called at most once.</summary>
    protected abstract void DropTransport();

    /// <summary>The transport has ended in good order: no time-out is needed any more.</summary>
    protected void OnTransportFinished()
    {
        _isDropped = true;
        _deadline?.Stop();
    }

    internal void SendPing(uint id)
    {
        Span<byte> payload = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(payload, id);
        WriteFrame(Opcode.Ping, payload);
    }

    internal void OnPingTimeout() => End(EndReason.PingTimeout, CloseCode.AbnormalClosure, "", TransportEnding.Drop);

    internal void OnDeadline(DeadlineKind kind)
    {
        switch (kind)
        {
            case DeadlineKind.Message when IsReceivingPaused:
                SetDeadline(DeadlineKind.Message, _options.MessageTimeout);
                break;
            case DeadlineKind.Message:
                Fail(EndReason.MessageTimeout, CloseCode.PolicyViolation, "The message took too long.");
                break;
            case DeadlineKind.Close:
                End(EndReason.CloseTimeout, CloseCode.AbnormalClosure, "", TransportEnding.Drop);
                break;
            default:
                Drop();
                break;
        }
    }

    private void Hold(ReadOnlySpan<byte> input)
    {
        if (HasEnded || input.IsEmpty) return;
        _held = _held is null ? input.ToArray() : [.. _held, .. input];
    }

    private void Deliver(in MessageEvent e)
    {
        // Like a browser, whose messages end with the call of close().
        if (_phase != ConnectionPhase.Open) return;
        try
        {
            if (_reader.DeliversParts) _handler.OnMessagePart(this, new WebSocketMessagePart(e.Payload, (MessageType)e.Kind, e.IsFirst, e.IsLast));
            else _handler.OnMessage(this, new WebSocketMessage(e.Payload, (MessageType)e.Kind));
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    private void OnPeerClose(CloseCode code, string reason, bool isFollowed)
    {
        // Nothing may follow a close frame. Where something does, more may be on its way, and would reset the transport.
        var ending = isFollowed ? TransportEnding.FinishLingering : TransportEnding.Finish;
        // RFC 6455 section 5.5.1: answer with a close frame, if we have not sent one, that echoes the code.
        if (_phase == ConnectionPhase.Open)
        {
            WriteClose(code, "");
            End(EndReason.ClosedByPeer, code, reason, ending);
        }
        else
        {
            End(EndReason.ClosedByApplication, code, reason, ending);
        }
    }

    private void OnFault(ProtocolFault fault)
    {
        if (_logger.IsEnabled(LogLevel.Debug)) ConnectionLog.PeerFault(_logger, fault.Reason, fault.Offset);
        Fail(FaultReasons.EndReasonOf(fault.Reason), fault.Code, "");
    }

    private void OnHandlerFailed(Exception exception)
    {
        ConnectionLog.HandlerFailed(_logger, exception);
        Fail(EndReason.HandlerFailed, CloseCode.InternalError, "");
    }

    /// <summary>RFC 6455 section 7.1.7: send a close frame if none was sent, then end.</summary>
    private void Fail(EndReason reason, CloseCode code, string text)
    {
        if (_phase == ConnectionPhase.Ended) return;
        if (_phase == ConnectionPhase.Open) WriteClose(code, text);
        End(reason, code, text, TransportEnding.FinishLingering);
    }

    private void End(EndReason reason, CloseCode code, string text, TransportEnding ending)
    {
        if (_phase == ConnectionPhase.Ended)
        {
            if (ending == TransportEnding.Drop) Drop();
            return;
        }

        _phase = ConnectionPhase.Ended;
        _held = null;
        _keepAlive?.Stop();
        ConnectionMetrics.Ended(reason, _logger);
        // Posted, because the handler may be on the stack, and because the payload it looks at is the reader's.
        Owner.Post(new ClosedWork(this, new ConnectionEnd(reason, code, text)));
        if (ending == TransportEnding.Drop)
        {
            Drop();
            return;
        }

        SetDeadline(DeadlineKind.Transport, _options.CloseTimeout);
        FinishTransport(ending == TransportEnding.FinishLingering);
    }

    private void Drop()
    {
        if (_isDropped) return;
        OnTransportFinished();
        DropTransport();
    }

    internal void OnClosed(in ConnectionEnd end)
    {
        _reader.Dispose();
        _outgoing.Dispose();
        try
        {
            _handler.OnClosed(this, end);
        }
        catch (Exception exception)
        {
            ConnectionLog.HandlerFailed(_logger, exception);
        }
    }

    private void WritePong(ReadOnlySpan<byte> pong, ref int length)
    {
        if (length >= 0 && _phase == ConnectionPhase.Open)
        {
            WriteFrame(Opcode.Pong, pong[..length]);
            // A client has no limit, int.MaxValue, to which nothing can be added.
            if (QueuedBytes > (long)_options.SendLimitBytes + ControlRoomBytes)
                End(EndReason.SendQueueFull, CloseCode.AbnormalClosure, "", TransportEnding.Drop);
        }

        length = -1;
    }

    private void WriteClose(CloseCode code, string reason)
    {
        var span = GetSendSpan(2 + sizeof(uint) + ClosePayload.MaxBytes);
        AdvanceSend(_maskingKeys is null
            ? FrameWriter.WriteClose(span, code, reason)
            : FrameWriter.WriteMaskedClose(span, code, reason, _maskingKeys()));
    }

    private void Write(in OutgoingFrame frame)
    {
        using (frame) WriteFrame(frame.Opcode, frame.Payload, frame.IsFinal, frame.IsCompressed);
    }

    private void WriteFrame(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isCompressed = false)
    {
        if (_maskingKeys is null && payload.Length >= LargePayloadBytes)
        {
            Span<byte> header = stackalloc byte[FrameWriter.MaxHeaderBytes];
            var length = FrameWriter.WriteHeader(header, opcode, payload.Length, isFinal, isCompressed);
            EnqueueLarge(header[..length], payload);
            return;
        }

        var span = GetSendSpan(FrameWriter.HeaderLength(payload.Length, _maskingKeys is not null) + payload.Length);
        AdvanceSend(_maskingKeys is null
            ? FrameWriter.WriteFrame(span, opcode, payload, isFinal, isCompressed)
            : FrameWriter.WriteMaskedFrame(span, opcode, payload, _maskingKeys(), isFinal, isCompressed));
    }

    private void AfterQueueing()
    {
        var queued = QueuedBytes;
        if (queued <= _options.SendHighWaterBytes) return;
        _isBlocked = true;
        if (queued > _options.SendLimitBytes) End(EndReason.SendQueueFull, CloseCode.AbnormalClosure, "", TransportEnding.Drop);
    }

    /// <summary>Bounds the time from a message's first byte to its last, however slowly it drips in.</summary>
    private void WatchMessage(bool isNewMessage)
    {
        if (_phase != ConnectionPhase.Open) return;
        if (!_reader.IsMidMessage)
        {
            if (_deadline is { IsArmed: true }) _deadline.Stop();
        }
        else if (isNewMessage || _deadline is not { IsArmed: true })
        {
            SetDeadline(DeadlineKind.Message, _options.MessageTimeout);
        }
    }

    private void SetDeadline(DeadlineKind kind, TimeSpan due)
    {
        if (due == Timeout.InfiniteTimeSpan) return;
        (_deadline ??= new Deadline(this)).Start(kind, due);
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Duplex.Execution;
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
/// <see cref="Receive"/>, takes bytes to send, and ends the transport when told to. Everything on the shard.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The reader is disposed when the connection ends, on its shard.")]
public abstract class ProtocolConnection : FramingConnection
{
    private readonly IWebSocketHandler _handler;
    private readonly MessageReader _reader;
    private readonly WebSocketConnectionOptions _options;
    private readonly ILogger _logger;
    private readonly KeepAlive? _keepAlive;
    private Deadline? _deadline;
    private OutgoingFrames _outgoing;
    private byte[]? _held;
    private ConnectionPhase _phase;
    private bool _isBlocked;
    private bool _isDropped;

    /// <summary>Makes the connection; nothing happens before <see cref="Open"/>.</summary>
    protected ProtocolConnection(in ConnectionSetup setup)
        : base(setup)
    {
        Shard = setup.Shard;
        Subprotocol = setup.Subprotocol;
        _handler = setup.Handler;
        _options = setup.Options;
        _logger = setup.Logger;
        _outgoing = new OutgoingFrames(setup.Deflater);
        _reader = new MessageReader(setup.Role, _options.MessageLimits, setup.Inflater);
        _keepAlive = _options.PingInterval is null ? null : new KeepAlive(this, _options);
    }

    /// <inheritdoc/>
    public sealed override Shard Shard { get; }

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
    protected sealed override void SendPrepared(PreparedMessage message)
    {
        if (!MayQueue()) return;
        _outgoing.ThrowIfInParts();
        // A client must mask what it sends (RFC 6455 section 5.1), so only the payload can be shared.
        if (!IsMasking) Enqueue(_outgoing.Shared(message));
        else Write(_outgoing.Whole(message.Payload.Span, message.Type));
        AfterQueueing();
    }

    /// <inheritdoc/>
    protected sealed override void SendNextPart(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        var parts = _outgoing.Check(payload, type, isLast);
        if ((payload.IsEmpty && !isLast) || !MayQueue()) return;
        Write(_outgoing.Part(parts, payload, type, isLast));
        AfterQueueing();
    }

    /// <inheritdoc/>
    protected sealed override void DeliverParts() => _reader.DeliverParts();

    /// <inheritdoc/>
    protected sealed override void StartClose(CloseCode code, string reason)
    {
        if (_phase != ConnectionPhase.Open) return;
        if (EndDeferred()) return;
        WriteClose(code, reason);
        _phase = ConnectionPhase.Closing;
        _keepAlive?.Stop();
        SetDeadline(DeadlineKind.Close, _options.CloseTimeout);
    }

    /// <inheritdoc/>
    public sealed override void Abort()
    {
        if (Shard.IsCurrent) End(EndReason.Aborted, CloseCode.AbnormalClosure, "", TransportEnding.Drop);
        else Shard.Post(static connection => connection.Abort(), this);
    }

    /// <inheritdoc/>
    protected internal sealed override void SendMessage(ReadOnlySpan<byte> payload, MessageType type)
    {
        if (!MayQueue()) return;
        _outgoing.ThrowIfInParts();
        Write(_outgoing.Whole(payload, type));
        AfterQueueing();
    }

    /// <summary>Tells the handler that the connection is open. Called once, on the shard, when sending is possible.</summary>
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
    /// not count against the peer. On the shard only.
    /// </summary>
    public void PauseReceiving()
    {
        CheckShard();
        if (HasEnded || IsReceivingPaused) return;
        IsReceivingPaused = true;
        OnReceivingPaused();
    }

    /// <summary>Goes on receiving. On the shard only.</summary>
    public void ResumeReceiving()
    {
        CheckShard();
        if (!IsReceivingPaused || _deadline is { Deferred: not null }) return;
        IsReceivingPaused = false;
        if (_phase == ConnectionPhase.Open && _reader.IsMidMessage) SetDeadline(DeadlineKind.Message, _options.MessageTimeout);
        if (_held is { } held)
        {
            _held = null;
            Read(held);
        }

        if (!IsReceivingPaused) OnReceivingResumed();
    }

    /// <summary>Lets the handler say goodbye, because the host stops. On the shard only.</summary>
    public void OnStopping()
    {
        CheckShard();
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
        var pings = new PingAnswers(stackalloc byte[PingAnswers.RoomBytes]);
        var isNewMessage = false;
        while (_phase != ConnectionPhase.Ended && !IsReceivingPaused && _reader.TryRead(ref input, out var e))
        {
            switch (e.Kind)
            {
                case MessageEventKind.Ping:
                    if (pings.TakesEach(e.Payload)) WritePong(e.Payload);
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
                    if (e.IsLast && pings.TryTakeNewest(out var before)) WritePong(before);
                    isNewMessage |= e.IsLast;
                    Deliver(e);
                    break;
            }
        }

        if (pings.TryTakeNewest(out var newest)) WritePong(newest);
        if (IsReceivingPaused) Hold(input);
        WatchMessage(isNewMessage);
    }

    /// <summary>The peer will send nothing more, or the transport failed.</summary>
    protected void OnTransportEnded()
    {
        // What came before the end is still delivered, whoever is in no hurry for it.
        while (_held is not null) ResumeReceiving();
        if (EndDeferred()) return;
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
            case DeadlineKind.Answers:
                EndDeferred();
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
        if (_reader.HasEnded || input.IsEmpty) return;
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
        if (_phase == ConnectionPhase.Open) EndAfterAnswers(new ConnectionEnd(EndReason.ClosedByPeer, code, reason), ending);
        else End(new ConnectionEnd(EndReason.ClosedByApplication, code, reason), ending);
    }

    private void OnFault(ProtocolFault fault)
    {
        if (_logger.IsEnabled(LogLevel.Debug)) ConnectionLog.PeerFault(_logger, fault.Reason, fault.Offset);
        var end = new ConnectionEnd(FaultReasons.EndReasonOf(fault.Reason), fault.Code, fault.Explanation) { Fault = fault };
        if (_phase == ConnectionPhase.Open) EndAfterAnswers(end, TransportEnding.FinishLingering);
        else End(end, TransportEnding.FinishLingering);
    }

    /// <summary>
    /// Ends now, or once the application has answered what came before: like a handler's, its answers leave before our close
    /// frame. Nothing more is received meanwhile, and the close time-out bounds it.
    /// </summary>
    private void EndAfterAnswers(in ConnectionEnd end, TransportEnding ending)
    {
        _deadline ??= new Deadline(this);
        _deadline.Deferred = new DeferredEnd(end, ending);
        if (_handler is not IAwaitedHandler awaited || !awaited.DefersEnd(end))
        {
            EndDeferred();
            return;
        }

        _keepAlive?.Stop();
        SetDeadline(DeadlineKind.Answers, _options.CloseTimeout);
        IsReceivingPaused = true;
        OnReceivingPaused();
    }

    /// <summary>Ends as was due before the application's answers. On the shard only.</summary>
    /// <returns>False when no end waited.</returns>
    internal bool EndDeferred()
    {
        if (_deadline?.Deferred is not { } deferred) return false;
        _deadline.Deferred = null;
        if (_phase != ConnectionPhase.Open) return false;
        // RFC 6455 section 5.5.1: the answer to the peer's close frame echoes its code.
        WriteClose(deferred.End.Code, deferred.End.Reason == EndReason.ClosedByPeer ? "" : deferred.End.CloseReason);
        End(deferred.End, deferred.Ending);
        return true;
    }

    private void OnHandlerFailed(Exception exception)
    {
        ConnectionLog.WebSocketHandlerFailed(_logger, exception);
        Fail(EndReason.HandlerFailed, CloseCode.InternalError, "");
    }

    /// <summary>RFC 6455 section 7.1.7: send a close frame if none was sent, then end.</summary>
    private void Fail(EndReason reason, CloseCode code, string text)
    {
        if (_phase == ConnectionPhase.Ended) return;
        if (_phase == ConnectionPhase.Open) WriteClose(code, text);
        End(reason, code, text, TransportEnding.FinishLingering);
    }

    private void End(EndReason reason, CloseCode code, string text, TransportEnding ending) =>
        End(new ConnectionEnd(reason, code, text), ending);

    private void End(in ConnectionEnd end, TransportEnding ending)
    {
        if (_phase == ConnectionPhase.Ended)
        {
            if (ending == TransportEnding.Drop) Drop();
            return;
        }

        _phase = ConnectionPhase.Ended;
        _held = null;
        _keepAlive?.Stop();
        ConnectionMetrics.Ended(end.Reason, _logger);
        // Posted, because the handler may be on the stack, and because the payload it looks at is the reader's.
        Shard.Post(static closed => closed.Connection.OnClosed(closed.End), (Connection: this, End: end));
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
            ConnectionLog.WebSocketHandlerFailed(_logger, exception);
        }
    }

    private void WritePong(ReadOnlySpan<byte> payload)
    {
        if (_phase != ConnectionPhase.Open) return;
        WriteFrame(Opcode.Pong, payload);
        // Who pings and never reads is not read either, from the mark on: what it makes us hold is bounded, and its own
        // silence after our ping ends it.
        if (QueuedBytes > _options.SendHighWaterBytes) _isBlocked = true;
    }

    /// <summary>
    /// Whether another frame may be queued. One frame may be larger than any limit, however fast its peer reads: the limit
    /// refuses the next one.
    /// </summary>
    private bool MayQueue()
    {
        if (_phase != ConnectionPhase.Open) return false;
        if (!_isBlocked || !(QueuedBytes > _options.MaxQueuedBytes)) return true;
        End(EndReason.SendQueueFull, CloseCode.AbnormalClosure, "", TransportEnding.Drop);
        return false;
    }

    private void AfterQueueing()
    {
        if (QueuedBytes > _options.SendHighWaterBytes) _isBlocked = true;
    }

    /// <summary>Bounds the time from a message's first byte to its last, however slowly it drips in.</summary>
    private void WatchMessage(bool isNewMessage)
    {
        if (_phase != ConnectionPhase.Open || _reader.HasEnded) return;
        if (!_reader.IsMidMessage)
        {
            if (_deadline is { IsArmed: true }) _deadline.Stop();
        }
        else if (isNewMessage || _deadline is not { IsArmed: true })
        {
            SetDeadline(DeadlineKind.Message, _options.MessageTimeout);
        }
    }

    private void SetDeadline(DeadlineKind kind, TimeSpan? due)
    {
        if (due is { } time) (_deadline ??= new Deadline(this)).Start(kind, time);
    }
}

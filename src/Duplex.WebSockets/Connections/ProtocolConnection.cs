using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Duplex.Execution;
using Duplex.Protocol;
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
/// Represents a WebSocket between the transport's bytes and the application's handler, the same in every shell: a
/// <see cref="WebSocketProtocol"/> with a shard, limits, timers and metrics. A shell derives from this class, reports
/// received bytes and events of its transport, and provides a send queue. All calls are made on the shard.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The protocol is disposed when the connection ends, on its shard.")]
internal abstract class ProtocolConnection : WebSocketConnection, IFrameOutput
{
    private readonly IWebSocketHandler _handler;
    private readonly WebSocketProtocol _protocol;
    private readonly WebSocketConnectionOptions _options;
    private readonly ILogger _logger;
    private readonly KeepAlive? _keepAlive;
    private Deadline? _deadline;
    private OutgoingFrames _outgoing;
    private bool _isBlocked;

    /// <summary>Creates the connection; <see cref="Open"/> starts it.</summary>
    protected ProtocolConnection(in ConnectionSetup setup)
    {
        Shard = setup.Shard;
        Subprotocol = setup.Subprotocol;
        _handler = setup.Handler;
        _options = setup.Options;
        _logger = setup.Logger;
        _outgoing = new OutgoingFrames(setup.Deflater);
        _protocol = new WebSocketProtocol(new WebSocketProtocolSetup
        {
            Role = setup.Role,
            Limits = _options.MessageLimits,
            Output = this,
            Inflater = setup.Inflater,
        });
        _keepAlive = _options.PingInterval is null ? null : new KeepAlive(this, _options);
    }

    /// <inheritdoc/>
    public sealed override Shard Shard { get; }

    /// <inheritdoc/>
    public sealed override TimeSpan? RoundTripTime => _keepAlive?.RoundTripTime;

    /// <inheritdoc/>
    public sealed override bool IsWritable => !_isBlocked;

    /// <inheritdoc/>
    internal sealed override bool IsOpen => _protocol.CanSend;

    /// <summary>Whether the application has paused receiving; the silence of the peer then does not count.</summary>
    internal bool IsReceivingPaused { get; private set; }

    /// <summary>
    /// Whether the shell stops reading until the peer has taken the queued bytes. A handler may queue an answer to every
    /// message that it is called for. Awaited sends wait for room by themselves: two ends that stopped reading for those
    /// would wait for each other.
    /// </summary>
    protected bool IsHeldUp => _isBlocked && _handler is not IAwaitedHandler;

    /// <summary>Whether the connection has closed: no more messages are delivered, and bytes that still arrive are discarded.</summary>
    protected bool HasEnded => _protocol.State == ConnectionState.Closed;

    /// <summary>Whether the closed connection still receives and discards bytes, until the peer ends its side.</summary>
    protected bool IsLingering => HasEnded && _protocol.Lingers;

    /// <summary>The condition under which this transport lingers.</summary>
    protected abstract LingerPolicy Linger { get; }

    /// <inheritdoc/>
    private protected sealed override void SendPrepared(PreparedMessage message)
    {
        if (!MayQueue()) return;
        _outgoing.ThrowIfInParts();
        // A client masks its frames (RFC 6455 section 5.1), so only the payload can be shared.
        if (_protocol.IsMasking)
        {
            Send(_outgoing.Whole(message.Payload.Span, message.Type));
            return;
        }

        Enqueue(_outgoing.Shared(message));
        AfterQueueing();
    }

    /// <inheritdoc/>
    private protected sealed override void SendNextPart(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        var parts = _outgoing.Check(payload, type, isLast);
        if ((payload.IsEmpty && !isLast) || !MayQueue()) return;
        Send(_outgoing.Part(parts, payload, type, isLast));
    }

    /// <inheritdoc/>
    private protected sealed override void DeliverParts() => _protocol.DeliverParts();

    /// <inheritdoc/>
    private protected sealed override void StartClose(CloseCode code, string reason)
    {
        if (EndDeferred() || !IsOpen) return;
        _protocol.Close(code, reason);
        _keepAlive?.Stop();
        UpdateDeadline();
    }

    /// <inheritdoc/>
    public sealed override void Abort()
    {
        if (Shard.IsCurrent) Drop(EndReason.Aborted);
        else Shard.Post(static connection => connection.Abort(), this);
    }

    /// <inheritdoc/>
    internal sealed override void SendMessage(ReadOnlySpan<byte> payload, MessageType type)
    {
        if (!MayQueue()) return;
        _outgoing.ThrowIfInParts();
        Send(_outgoing.Whole(payload, type));
    }

    /// <summary>Calls the handler's <see cref="IWebSocketHandler.OnOpen"/>. Called once, on the shard, when messages can be sent.</summary>
    protected void Open()
    {
        ConnectionMetrics.Opened(_logger);
        Call(static (handler, connection) => handler.OnOpen(connection));

        if (_protocol.State == ConnectionState.Open) _keepAlive?.Start();
    }

    /// <inheritdoc/>
    public sealed override void PauseReceiving()
    {
        CheckShard();
        if (HasEnded || IsReceivingPaused) return;
        IsReceivingPaused = true;
        OnReceivingPaused();
    }

    /// <inheritdoc/>
    public sealed override void ResumeReceiving()
    {
        CheckShard();
        if (!IsReceivingPaused || _protocol.State == ConnectionState.Answering) return;
        IsReceivingPaused = false;
        if (_deadline is { IsArmed: true, Wait: ProtocolWait.Message }) Arm(ProtocolWait.Message);
        var held = _deadline?.Held;
        _deadline?.Held = null;
        Receive(held);
        if (!IsReceivingPaused) OnReceivingResumed();
    }

    /// <summary>Calls the handler's <see cref="IWebSocketHandler.OnStopping"/> when the host stops. On the shard only.</summary>
    public void OnStopping()
    {
        CheckShard();
        if (!IsOpen) return;
        Call(static (handler, connection) => handler.OnStopping(connection));
    }

    /// <summary>Processes received bytes, which are unmasked in place and not needed afterwards.</summary>
    protected void Receive(Span<byte> input)
    {
        if (HasEnded)
        {
            Apply(_protocol.Discard(input.Length));
            return;
        }

        // The ping waits behind a full queue, so that only the bytes that the peer takes are then a sign of life.
        if (!_isBlocked) _keepAlive?.IsPeerAlive = true;
        while (!IsReceivingPaused && _protocol.TryReceive(ref input, out var e))
        {
            switch (e.Kind)
            {
                case MessageEventKind.Pong:
                    _keepAlive?.OnPong(e.Payload);
                    break;
                case MessageEventKind.Close:
                    var reason = HasEnded ? EndReason.ClosedByApplication : EndReason.ClosedByPeer;
                    EndAfterAnswers(new ConnectionEnd(reason, e.CloseCode, Encoding.UTF8.GetString(e.CloseReason)));
                    break;
                case MessageEventKind.Fault:
                    OnFault(e.Fault);
                    break;
                default:
                    Deliver(e);
                    break;
            }
        }

        if (IsReceivingPaused) Hold(input);
        UpdateDeadline();
    }

    /// <summary>Reports that the peer has ended its side of the transport in order.</summary>
    protected void OnPeerEnded()
    {
        var action = _protocol.OnPeerEnded();
        if (HasEnded) Apply(action);
        else OnTransportFailed();
    }

    /// <summary>Reports that the transport has failed.</summary>
    protected void OnTransportFailed()
    {
        // Bytes that arrived before the end are still delivered, even to an application that has paused.
        while (_deadline is { Held: not null }) ResumeReceiving();
        if (!EndDeferred()) Drop(_protocol.State == ConnectionState.Closing ? EndReason.ClosedByApplication : EndReason.TransportLost);
    }

    /// <summary>Reports that bytes have left the queue, so that <see cref="WebSocketConnection.QueuedBytes"/> has decreased.</summary>
    protected void OnSent()
    {
        if (!_isBlocked) return;
        _keepAlive?.IsPeerAlive = true;
        if (QueuedBytes > _options.SendHighWaterBytes / 2) return;
        _isBlocked = false;
        _protocol.OnWritable();
        if (!IsOpen || _isBlocked) return;
        Call(static (handler, connection) => handler.OnWritable(connection));
    }

    /// <summary>Reports that the queue of a closed connection is empty and the transport has accepted every byte.</summary>
    protected void OnAllSent() => Apply(_protocol.OnSent());

    /// <summary>
    /// Returns free memory at the end of the send queue; bytes written there are queued once <see cref="AdvanceSend"/> is
    /// called.
    /// </summary>
    protected abstract Span<byte> GetSendSpan(int length);

    /// <summary>Adds written bytes to the queue, which is sent when the turn ends.</summary>
    protected abstract void AdvanceSend(int length);

    /// <summary>Adds a finished frame to the queue and retains it until its bytes have left.</summary>
    protected abstract void Enqueue(PreparedMessage message);

    /// <summary>
    /// Adds a frame with a large payload to the queue. A shell that can send at once overrides this method and copies only
    /// the bytes that the transport does not accept.
    /// </summary>
    protected virtual void EnqueueLarge(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var span = GetSendSpan(header.Length + payload.Length);
        header.CopyTo(span);
        payload.CopyTo(span[header.Length..]);
        AdvanceSend(header.Length + payload.Length);
    }

    /// <summary>Returns the masking key of a client's next frame. A shell for servers only does not override it.</summary>
    protected virtual uint NextMaskingKey() => throw new InvalidOperationException("A server does not mask its frames.");

    /// <summary>
    /// Stops reading the transport soon. Also called while reading is paused, when the retained bytes are not all processed.
    /// </summary>
    protected abstract void OnReceivingPaused();

    /// <summary>Resumes reading the transport.</summary>
    protected abstract void OnReceivingResumed();

    /// <summary>Sends the queued bytes, after which no more are queued, and then calls <see cref="OnAllSent"/>.</summary>
    protected abstract void FlushTransport();

    /// <summary>Shuts down the sending side; receiving continues until <see cref="OnPeerEnded"/> or a time-out ends it.</summary>
    protected abstract void ShutdownSending();

    /// <summary>Ends the transport. Called once.</summary>
    /// <param name="inOrder">Whether the transport is closed in order; false resets it and discards unsent bytes.</param>
    protected abstract void EndTransport(bool inOrder);

    Span<byte> IFrameOutput.GetSpan(int length) => GetSendSpan(length);

    void IFrameOutput.Advance(int length)
    {
        AdvanceSend(length);
        AfterQueueing();
    }

    uint IFrameOutput.NextMaskingKey() => NextMaskingKey();

    void IFrameOutput.Append(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        EnqueueLarge(header, payload);
        AfterQueueing();
    }

    internal void SendPing(uint id)
    {
        Span<byte> payload = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(payload, id);
        _protocol.SendPing(payload);
    }

    internal void OnPingTimeout() => Drop(EndReason.PingTimeout);

    internal void OnDeadline(ProtocolWait wait)
    {
        switch (wait)
        {
            case ProtocolWait.Message when IsReceivingPaused:
                Arm(ProtocolWait.Message);
                break;
            case ProtocolWait.Message:
                Fail(EndReason.MessageTimeout, CloseCode.PolicyViolation, "The message took too long.");
                break;
            case ProtocolWait.Answers:
                EndDeferred();
                break;
            default:
                Drop(EndReason.CloseTimeout);
                break;
        }
    }

    /// <inheritdoc/>
    internal sealed override bool EndDeferred()
    {
        if (!_protocol.SendDueClose()) return false;
        End(_deadline!.DeferredEnd);
        return true;
    }

    internal void OnClosed(in ConnectionEnd end)
    {
        _protocol.Dispose();
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

    private void Hold(ReadOnlySpan<byte> input)
    {
        if (_protocol.HasPeerClosed || input.IsEmpty) return;
        _deadline ??= new Deadline(this);
        _deadline.Held = _deadline.Held is { } held ? [.. held, .. input] : input.ToArray();
    }

    private void Deliver(in MessageEvent e)
    {
        try
        {
            if (_protocol.DeliversParts) _handler.OnMessagePart(this, new WebSocketMessagePart(e.Payload, (MessageType)e.Kind, e.IsFirst, e.IsLast));
            else _handler.OnMessage(this, new WebSocketMessage(e.Payload, (MessageType)e.Kind));
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    private void OnFault(ProtocolFault fault)
    {
        if (_logger.IsEnabled(LogLevel.Debug)) ConnectionLog.PeerFault(_logger, fault.Reason, fault.Offset);
        EndAfterAnswers(new ConnectionEnd(FaultReasons.EndReasonOf(fault.Reason), fault.Code, fault.Explanation) { Fault = fault });
    }

    /// <summary>
    /// Ends the connection at once, or after the application has responded to earlier messages: its responses are sent
    /// before the local close frame. No more messages are received meanwhile, and the close time-out bounds the wait.
    /// </summary>
    private void EndAfterAnswers(in ConnectionEnd end)
    {
        if (HasEnded)
        {
            End(end);
            return;
        }

        (_deadline ??= new Deadline(this)).DeferredEnd = end;
        if (_handler is not IAwaitedHandler awaited || !awaited.DefersEnd(end))
        {
            EndDeferred();
            return;
        }

        _keepAlive?.Stop();
        IsReceivingPaused = true;
        OnReceivingPaused();
    }

    private void Call(Action<IWebSocketHandler, WebSocketConnection> callback)
    {
        try
        {
            callback(_handler, this);
        }
        catch (Exception exception)
        {
            OnHandlerFailed(exception);
        }
    }

    private void OnHandlerFailed(Exception exception)
    {
        ConnectionLog.WebSocketHandlerFailed(_logger, exception);
        Fail(EndReason.HandlerFailed, CloseCode.InternalError, "");
    }

    private void Fail(EndReason reason, CloseCode code, string text)
    {
        if (HasEnded) return;
        _protocol.Fail(code, text);
        End(new ConnectionEnd(reason, code, text));
    }

    private void Drop(EndReason reason)
    {
        var hadEnded = HasEnded;
        var action = _protocol.Drop();
        if (!hadEnded) End(new ConnectionEnd(reason, CloseCode.AbnormalClosure, ""));
        Apply(action);
    }

    /// <summary>Reports the end after the protocol has closed the connection, and drains the transport unless it was dropped.</summary>
    private void End(in ConnectionEnd end)
    {
        _deadline?.Held = null;
        _keepAlive?.Stop();
        ConnectionMetrics.Ended(end.Reason, _logger);
        // The call is posted, because the handler may be on the stack, and because it may still read a payload that the
        // protocol owns.
        Shard.Post(static closed => closed.Connection.OnClosed(closed.End), (Connection: this, End: end));
        if (!_protocol.Drain(Linger)) return;
        UpdateDeadline();
        FlushTransport();
    }

    private void Apply(TransportAction action)
    {
        UpdateDeadline();
        switch (action)
        {
            case TransportAction.ShutdownSending:
                ShutdownSending();
                break;
            case TransportAction.End:
                EndTransport(inOrder: true);
                break;
            case TransportAction.Reset:
                // The transport is closed in order when the peer has done the same and no bytes are owed to it.
                EndTransport(inOrder: _protocol.HasPeerEnded && QueuedBytes == 0);
                break;
        }
    }

    private void Send(in OutgoingFrame frame)
    {
        using (frame) _protocol.SendFrame(frame.Opcode, frame.Payload, frame.IsFinal, frame.IsCompressed);
    }

    /// <summary>
    /// Returns whether another frame may be queued. One frame may be larger than any limit, however fast its peer reads: the
    /// limit applies to the next one.
    /// </summary>
    private bool MayQueue()
    {
        if (!IsOpen) return false;
        if (!_isBlocked || !(QueuedBytes > _options.MaxQueuedBytes)) return true;
        Drop(EndReason.SendQueueFull);
        return false;
    }

    private void AfterQueueing()
    {
        if (QueuedBytes > _options.SendHighWaterBytes) _isBlocked = true;
    }

    private void UpdateDeadline()
    {
        if (!_protocol.TryTakeWait(out var wait)) return;
        if (wait == ProtocolWait.None) _deadline?.Stop();
        else Arm(wait);
    }

    private void Arm(ProtocolWait wait)
    {
        if ((wait == ProtocolWait.Message ? _options.MessageTimeout : _options.CloseTimeout) is { } due)
            (_deadline ??= new Deadline(this)).Start(wait, due);
    }
}

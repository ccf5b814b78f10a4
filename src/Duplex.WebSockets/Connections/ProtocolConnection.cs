using System.Text;
using Duplex.Execution;
using Duplex.Protocol;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Messages;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Represents a WebSocket between the transport's bytes and the application's handler, the same in every shell: a
/// <see cref="WebSocketProtocol"/> with a shard, limits, timers and metrics. A shell derives from this class, reports
/// received bytes and events of its transport, and provides a send queue. All calls are made on the shard.
/// </summary>
internal abstract class ProtocolConnection : SendingConnection
{
    private readonly IWebSocketHandler _handler;
    private readonly ILogger _logger;
    private readonly KeepAlive? _keepAlive;
    private Deadline? _deadline;

    /// <summary>Creates the connection; <see cref="Open"/> starts it.</summary>
    protected ProtocolConnection(in ConnectionSetup setup)
        : base(in setup)
    {
        Shard = setup.Shard;
        Subprotocol = setup.Subprotocol;
        _handler = setup.Handler;
        _logger = setup.Logger;
        _keepAlive = Options.PingInterval is null ? null : new KeepAlive(this, Options);
    }

    /// <inheritdoc/>
    public sealed override Shard Shard { get; }

    /// <inheritdoc/>
    public sealed override TimeSpan? RoundTripTime => _keepAlive?.RoundTripTime;

    /// <summary>Whether the application has paused receiving; the silence of the peer then does not count.</summary>
    internal bool IsReceivingPaused { get; private set; }

    /// <summary>
    /// Whether the shell stops reading until the peer has taken the queued bytes. A handler may queue an answer to every
    /// message that it is called for. Awaited sends wait for room by themselves: two ends that stopped reading for those
    /// would wait for each other.
    /// </summary>
    protected bool IsHeldUp => !IsWritable && _handler is not IAwaitedHandler;

    /// <summary>Whether the connection has closed: no more messages are delivered, and bytes that still arrive are discarded.</summary>
    protected bool HasEnded => Protocol.State == ConnectionState.Closed;

    /// <summary>Whether the closed connection still receives and discards bytes, until the peer ends its side.</summary>
    protected bool IsLingering => HasEnded && Protocol.Lingers;

    /// <summary>The condition under which this transport lingers.</summary>
    protected abstract LingerPolicy Linger { get; }

    /// <inheritdoc/>
    private protected sealed override void DeliverParts() => Protocol.DeliverParts();

    /// <inheritdoc/>
    private protected sealed override void StartClose(CloseCode code, string reason)
    {
        if (EndDeferred() || !IsOpen) return;
        Protocol.Close(code, reason);
        _keepAlive?.Stop();
        UpdateDeadline();
    }

    /// <inheritdoc/>
    public sealed override void Abort()
    {
        if (Shard.IsCurrent) Drop(EndReason.Aborted);
        else Shard.Post(static connection => connection.Abort(), this);
    }

    /// <summary>Calls the handler's <see cref="IWebSocketHandler.OnOpen"/>. Called once, on the shard, when messages can be sent.</summary>
    protected void Open()
    {
        ConnectionMetrics.Opened(_logger);
        Call(static (handler, connection) => handler.OnOpen(connection));

        if (Protocol.State == ConnectionState.Open) _keepAlive?.Start();
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
        if (!IsReceivingPaused || Protocol.State == ConnectionState.Answering) return;
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
            Apply(Protocol.Discard(input.Length));
            return;
        }

        // The ping waits behind a full queue, so that only the bytes that the peer takes are then a sign of life.
        if (IsWritable) _keepAlive?.IsPeerAlive = true;
        while (!IsReceivingPaused && Protocol.TryReceive(ref input, out var e))
        {
            switch (e.Kind)
            {
                case MessageEventKind.Pong:
                    _keepAlive?.OnPong(e.Payload);
                    OnProbePong(e.Payload);
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
        var action = Protocol.OnPeerEnded();
        if (HasEnded) Apply(action);
        else OnTransportFailed();
    }

    /// <summary>Reports that the transport has failed.</summary>
    protected void OnTransportFailed()
    {
        // Bytes that arrived before the end are still delivered, even to an application that has paused.
        while (_deadline is { Held: not null }) ResumeReceiving();
        if (!EndDeferred()) Drop(Protocol.State == ConnectionState.Closing ? EndReason.ClosedByApplication : EndReason.TransportLost);
    }

    /// <summary>Reports that bytes have left the queue, so that <see cref="WebSocketConnection.QueuedBytes"/> has decreased.</summary>
    protected void OnSent()
    {
        if (IsWritable)
        {
            (_handler as IAwaitedHandler)?.Sends.OnSent();
            return;
        }

        _keepAlive?.IsPeerAlive = true;
        if (TryBecomeWritable()) Call(static (handler, connection) => handler.OnWritable(connection));
    }

    /// <summary>Reports that the queue of a closed connection is empty and the transport has accepted every byte.</summary>
    protected void OnAllSent() => Apply(Protocol.OnSent());

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

    internal sealed override void OnCaughtUp()
    {
        if (IsOpen && IsWritable && IsCaughtUp) Call(static (handler, connection) => handler.OnWritable(connection));
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
        (_handler as IAwaitedHandler)?.Sends.Close();
        if (!Protocol.SendDueClose()) return false;
        End(_deadline!.DeferredEnd);
        return true;
    }

    internal void OnClosed(in ConnectionEnd end)
    {
        Release();
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
        if (Protocol.HasPeerClosed || input.IsEmpty) return;
        _deadline ??= new Deadline(this);
        _deadline.Held = _deadline.Held is { } held ? [.. held, .. input] : input.ToArray();
    }

    private void Deliver(in MessageEvent e)
    {
        try
        {
            if (Protocol.DeliversParts) _handler.OnMessagePart(this, new WebSocketMessagePart(e.Payload, (MessageType)e.Kind, e.IsFirst, e.IsLast));
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
        // An accepted message that finds the queue above its limit drops the connection, which then has ended.
        (_handler as IAwaitedHandler)?.Sends.Close();
        if (HasEnded) return;
        Protocol.Fail(code, text);
        End(new ConnectionEnd(reason, code, text));
    }

    protected sealed override void Drop(EndReason reason)
    {
        var hadEnded = HasEnded;
        var action = Protocol.Drop();
        if (!hadEnded) End(new ConnectionEnd(reason, CloseCode.AbnormalClosure, ""));
        Apply(action);
    }

    /// <summary>Reports the end after the protocol has closed the connection, and drains the transport unless it was dropped.</summary>
    private void End(in ConnectionEnd end)
    {
        _deadline?.Held = null;
        _keepAlive?.Stop();
        StopProbes();
        ConnectionMetrics.Ended(end.Reason, _logger);
        // The call is posted, because the handler may be on the stack, and because it may still read a payload that the
        // protocol owns.
        Shard.Post(static closed => closed.Connection.OnClosed(closed.End), (Connection: this, End: end));
        if (!Protocol.Drain(Linger)) return;
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
                EndTransport(inOrder: Protocol.HasPeerEnded && QueuedBytes == 0);
                break;
        }
    }

    private void UpdateDeadline()
    {
        if (!Protocol.TryTakeWait(out var wait)) return;
        if (wait == ProtocolWait.None) _deadline?.Stop();
        else Arm(wait);
    }

    private void Arm(ProtocolWait wait)
    {
        if ((wait == ProtocolWait.Message ? Options.MessageTimeout : Options.CloseTimeout) is { } due)
            (_deadline ??= new Deadline(this)).Start(wait, due);
    }
}

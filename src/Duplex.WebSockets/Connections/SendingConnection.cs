using System.Diagnostics.CodeAnalysis;
using Duplex.Protocol;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Sending;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Represents the sending half of a <see cref="ProtocolConnection"/>: it writes the frames of messages and of the protocol
/// into the send queue that a shell provides, and applies the queue's high-water mark and limit. All calls are made on the
/// shard.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The protocol is disposed when the connection ends, on its shard.")]
internal abstract class SendingConnection : WebSocketConnection, IFrameOutput
{
    private OutgoingFrames _outgoing;
    private DeliveryProbes? _probes;
    private int _bytesUntilProbe;
    private bool _isBlocked;

    protected SendingConnection(in ConnectionSetup setup)
    {
        Options = setup.Options;
        _outgoing = new OutgoingFrames(setup.Deflater);
        _bytesUntilProbe = DeliveryWindow.FirstProbe;
        Protocol = new WebSocketProtocol(new WebSocketProtocolSetup
        {
            Role = setup.Role,
            Limits = Options.MessageLimits,
            Output = this,
            Inflater = setup.Inflater,
        });
    }

    /// <inheritdoc/>
    public sealed override bool IsWritable => !_isBlocked;

    /// <inheritdoc/>
    public sealed override bool IsCaughtUp => _probes?.IsCaughtUp(_bytesUntilProbe) ?? true;

    /// <summary>The number of bytes that the transport has taken and the local kernel has not sent; 0 where it is not known.</summary>
    internal virtual long UnsentBytes => 0;

    /// <inheritdoc/>
    internal sealed override bool IsOpen => Protocol.CanSend;

    /// <inheritdoc/>
    internal sealed override long SendRoom => IsWritable ? Options.SendHighWaterBytes - QueuedBytes : 0;

    protected WebSocketProtocol Protocol { get; }

    protected WebSocketConnectionOptions Options { get; }

    /// <inheritdoc/>
    private protected sealed override void SendPrepared(PreparedMessage message)
    {
        if (!MayQueue()) return;
        _outgoing.ThrowIfInParts();
        // A client masks its frames (RFC 6455 section 5.1), so only the payload can be shared.
        if (Protocol.IsMasking)
        {
            Send(_outgoing.Whole(message.Payload.Span, message.Type));
            return;
        }

        var shared = _outgoing.Shared(message);
        Enqueue(shared);
        AfterQueueing(shared.Length);
    }

    /// <inheritdoc/>
    private protected sealed override void SendNextPart(ReadOnlySpan<byte> payload, MessageType type, bool isLast)
    {
        var parts = _outgoing.Check(payload, type, isLast);
        if ((payload.IsEmpty && !isLast) || !MayQueue()) return;
        Send(_outgoing.Part(parts, payload, type, isLast));
    }

    /// <inheritdoc/>
    internal sealed override void SendMessage(ReadOnlySpan<byte> payload, MessageType type)
    {
        if (!MayQueue()) return;
        _outgoing.ThrowIfInParts();
        Send(_outgoing.Whole(payload, type));
    }

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

    /// <summary>Drops the connection without a close frame.</summary>
    protected abstract void Drop(EndReason reason);

    /// <summary>
    /// Makes the connection writable again once half of the high-water mark has left the queue, and answers the newest of
    /// the pings that arrived meanwhile.
    /// </summary>
    /// <returns>Whether the connection has become writable.</returns>
    protected bool TryBecomeWritable()
    {
        if (QueuedBytes > Options.SendHighWaterBytes / 2) return false;
        _isBlocked = false;
        Protocol.OnWritable();
        return IsOpen && !_isBlocked;
    }

    /// <summary>Releases the memory of the protocol and of the compressor.</summary>
    protected void Release()
    {
        Protocol.Dispose();
        _outgoing.Dispose();
    }

    Span<byte> IFrameOutput.GetSpan(int length) => GetSendSpan(length);

    void IFrameOutput.Advance(int length)
    {
        AdvanceSend(length);
        AfterQueueing(length);
    }

    uint IFrameOutput.NextMaskingKey() => NextMaskingKey();

    void IFrameOutput.Append(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        EnqueueLarge(header, payload);
        AfterQueueing(header.Length + payload.Length);
    }

    /// <summary>Notifies the handler when the connection is writable and caught up again.</summary>
    internal abstract void OnCaughtUp();

    internal void SendPing(ReadOnlySpan<byte> payload) => Protocol.SendPing(payload);

    /// <summary>Sends the probes that are due.</summary>
    internal void UpdateProbes()
    {
        if (Options.MaxDeliveryDelay is not { } maxDelay)
        {
            _bytesUntilProbe = int.MaxValue;
            return;
        }

        _probes ??= new DeliveryProbes(this, maxDelay);
        var until = _bytesUntilProbe;
        // The probe is itself a frame that is queued and counted.
        _bytesUntilProbe = int.MaxValue;
        until = _probes.Update(until);
        _bytesUntilProbe = until - (int.MaxValue - _bytesUntilProbe);
    }

    /// <summary>Reads a pong that may answer a probe.</summary>
    protected void OnProbePong(ReadOnlySpan<byte> payload)
    {
        if (_probes is not { } probes) return;
        var wasCaughtUp = IsCaughtUp;
        if (!probes.OnPong(payload)) return;
        UpdateProbes();
        if (!wasCaughtUp) OnCaughtUp();
    }

    protected void StopProbes() => _probes?.Stop();

    private void Send(in OutgoingFrame frame)
    {
        using (frame) Protocol.SendFrame(frame.Opcode, frame.Payload, frame.IsFinal, frame.IsCompressed);
    }

    /// <summary>
    /// Returns whether another frame may be queued. One frame may be larger than any limit, however fast its peer reads: the
    /// limit applies to the next one.
    /// </summary>
    private bool MayQueue()
    {
        if (!IsOpen) return false;
        if (!_isBlocked || !(QueuedBytes > Options.MaxQueuedBytes)) return true;
        Drop(EndReason.SendQueueFull);
        return false;
    }

    private void AfterQueueing(int bytes)
    {
        if (QueuedBytes > Options.SendHighWaterBytes) _isBlocked = true;
        _bytesUntilProbe -= bytes;
        if (_bytesUntilProbe <= 0) UpdateProbes();
    }
}

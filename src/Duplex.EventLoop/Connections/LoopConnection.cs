using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Loops;
using Duplex.EventLoop.Sending;
using Duplex.EventLoop.Transport;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Connections;

/// <summary>
/// A WebSocket that lives on a loop: received spans go straight to the protocol, and what it sends leaves when the
/// turn ends. While idle it holds a few objects and no buffer.
/// </summary>
internal sealed unsafe class LoopConnection : ProtocolConnection, ISocketEvents, ISender
{
    private readonly Loop _loop;
    private readonly int _slot;
    private SegmentQueue _queue;
    private Step _step;

    /// <summary>Takes over a socket whose handshake was read. Call <see cref="Open(ReadOnlySpan{byte})"/> next.</summary>
    public LoopConnection(Loop loop, int slot, in ConnectionSetup setup)
        : base(in setup)
    {
        _loop = loop;
        _slot = slot;
    }

    [Flags]
    private enum Step : byte
    {
        None = 0,

        /// <summary>Listed for the end of the turn.</summary>
        IsFlushDue = 1,

        /// <summary>The peer reads too slowly, or the application takes nothing more, so it is not read either.</summary>
        IsPaused = 2,

        /// <summary>The peer's side has ended, or the socket has failed.</summary>
        IsReceiveOver = 4,

        /// <summary>The socket was given up.</summary>
        IsRemoved = 8,
    }

    public override long QueuedBytes => _queue.Length;

    // Bytes may wait in either direction, so every end is read for: a reset would overtake the close frame.
    protected override LingerPolicy Linger => LingerPolicy.Always;

    /// <summary>Answers the handshake and tells the handler.</summary>
    public void Open(ReadOnlySpan<byte> response)
    {
        _queue.Append(_loop.Segments, response);
        FlushLater();
        Open();
        if (!Is(Step.IsRemoved | Step.IsPaused)) _loop.BackEnd.StartReceiving(_slot);
    }

    public void OnReceived(Span<byte> data)
    {
        _loop.Step();
        Receive(data);
    }

    public void OnReceiveEnded(int error)
    {
        _step |= Step.IsReceiveOver;
        if (error == 0) OnPeerEnded();
        else OnTransportFailed();
    }

    public void OnSent(int result)
    {
        if (result < 0)
        {
            OnTransportFailed();
            return;
        }

        _loop.Step();
        Sent(result);
        if (!Is(Step.IsRemoved)) Pump();
    }

    /// <summary>What it was doing may be half done, so nothing more is sent; the handler learns of the end as of any other.</summary>
    public void OnFailed()
    {
        Abort();
    }

    public void OnReleased()
    {
        _queue.Clear(_loop.Segments);
        _loop.WebSockets.Return();
        _loop.Leave();
    }

    public void Flush()
    {
        _step &= ~Step.IsFlushDue;
        if (Is(Step.IsRemoved)) return;
        if (!_loop.BackEnd.IsSending(_slot)) Pump();
        if ((!IsHeldUp && !IsReceivingPaused) || Is(Step.IsRemoved | Step.IsPaused) || HasEnded) return;
        // TCP passes the pressure on to a peer that sends and does not read, or sends more than is taken.
        _step |= Step.IsPaused;
        _loop.BackEnd.StopReceiving(_slot);
    }

    protected override void OnReceivingPaused() => FlushLater();

    protected override void OnReceivingResumed()
    {
        if (!IsHeldUp) Resume();
    }

    protected override Span<byte> GetSendSpan(int length) => _queue.GetSpan(_loop.Segments, length);

    protected override void AdvanceSend(int length)
    {
        _queue.Advance(length);
        FlushLater();
    }

    protected override void Enqueue(PreparedMessage message)
    {
        _queue.Append(_loop.Segments, message);
        FlushLater();
    }

    protected override void EnqueueLarge(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var sent = _queue.IsEmpty && !Is(Step.IsRemoved) ? SendNow(header, payload) : 0;
        if (sent == header.Length + payload.Length) return;
        _queue.Append(_loop.Segments, header[Math.Min(sent, header.Length)..]);
        _queue.Append(_loop.Segments, payload[Math.Max(0, sent - header.Length)..]);
        FlushLater();
    }

    protected override void FlushTransport()
    {
        Resume();
        FlushLater();
    }

    protected override void ShutdownSending() => _loop.BackEnd.ShutdownSend(_slot);

    protected override void EndTransport(bool inOrder)
    {
        _step |= Step.IsRemoved;
        _loop.BackEnd.Remove(_slot, reset: !inOrder);
    }

    private bool Is(Step step) => (_step & step) != 0;

    private void FlushLater()
    {
        if (Is(Step.IsFlushDue)) return;
        _step |= Step.IsFlushDue;
        _loop.FlushLater(this);
    }

    /// <summary>Offers the kernel bytes where they are; what it does not take at once is the caller's to copy.</summary>
    private int SendNow(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        fixed (byte* head = header)
        fixed (byte* body = payload)
        {
            var vectors = stackalloc IoVector[2];
            vectors[0] = new IoVector { Base = head, Length = (nuint)header.Length };
            vectors[1] = new IoVector { Base = body, Length = (nuint)payload.Length };
            // A socket that failed says so again when the rest is sent, outside the handler's call.
            return Math.Max(0, _loop.BackEnd.SendNow(_slot, vectors, 2));
        }
    }

    private void Pump()
    {
        var vectors = stackalloc IoVector[BackEnd.MaxVectors];
        while (_queue.Gather(vectors, BackEnd.MaxVectors) is var count and > 0)
        {
            var sent = _loop.BackEnd.Send(_slot, vectors, count);
            if (sent == 0) return;
            if (sent < 0)
            {
                OnTransportFailed();
                return;
            }

            Sent(sent);
            if (Is(Step.IsRemoved)) return;
        }

        if (HasEnded) OnAllSent();
    }

    private void Sent(int bytes)
    {
        _queue.Advance(_loop.Segments, bytes);
        OnSent();
        if (!Is(Step.IsPaused)) return;
        if (!IsHeldUp && !IsReceivingPaused) Resume();
    }

    private void Resume()
    {
        if (!Is(Step.IsPaused) || Is(Step.IsRemoved | Step.IsReceiveOver)) return;
        _step &= ~Step.IsPaused;
        _loop.BackEnd.StartReceiving(_slot);
    }
}

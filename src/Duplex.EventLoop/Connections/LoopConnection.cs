using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Loops;
using Duplex.EventLoop.Sending;
using Duplex.EventLoop.Transport;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Sending;

namespace Duplex.EventLoop.Connections;

/// <summary>
/// A WebSocket that a loop owns: received spans go straight to the protocol, and queued bytes are sent when the turn
/// ends. While idle it holds a few objects and no buffer.
/// </summary>
internal sealed unsafe class LoopConnection : ProtocolConnection, ISocketEvents, ISender
{
    private readonly int _slot;
    private SegmentQueue _queue;
    private Step _step;

    /// <summary>Takes ownership of a socket whose handshake was read. The caller calls <see cref="Open(ReadOnlySpan{byte})"/> next.</summary>
    public LoopConnection(int slot, in ConnectionSetup setup)
        : base(in setup)
    {
        _slot = slot;
    }

    [Flags]
    private enum Step : byte
    {
        None = 0,

        /// <summary>The connection is scheduled to flush when the turn ends.</summary>
        IsFlushDue = 1,

        /// <summary>Receiving is paused: the peer reads too slowly, or the application accepts no more messages.</summary>
        IsPaused = 2,

        /// <summary>The peer closed its side, or the socket failed.</summary>
        IsReceiveOver = 4,

        /// <summary>The socket was removed from the back end.</summary>
        IsRemoved = 8,
    }

    private Loop Loop => (Loop)Shard;

    public override long QueuedBytes => _queue.Length;

    internal override long UnsentBytes => KernelBacklog.UnsentBytes(Loop.BackEnd.DescriptorOf(_slot));

    // Unread bytes at close() make the kernel send a reset, which would overtake the close frame; so every close lingers.
    protected override LingerPolicy Linger => LingerPolicy.Always;

    /// <summary>Queues the handshake response and opens the connection for the handler.</summary>
    public void Open(ReadOnlySpan<byte> response)
    {
        _queue.Append(Loop.Segments, response);
        FlushLater();
        Open();
        if (!Is(Step.IsRemoved | Step.IsPaused)) Loop.BackEnd.StartReceiving(_slot);
    }

    public void OnReceived(Span<byte> data)
    {
        Loop.Step();
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

        Loop.Step();
        CompleteSend(result);
        if (!Is(Step.IsRemoved)) SendQueued();
    }

    /// <summary>Aborts: the failed operation may be incomplete, so nothing more is sent. The handler is notified as of any other end.</summary>
    public void OnFailed()
    {
        Abort();
    }

    public void OnReleased()
    {
        _queue.Clear(Loop.Segments);
        Loop.WebSockets.Return();
        Loop.Leave();
    }

    public void Flush()
    {
        _step &= ~Step.IsFlushDue;
        if (Is(Step.IsRemoved)) return;
        if (!Loop.BackEnd.IsSending(_slot)) SendQueued();
        if ((!IsHeldUp && !IsReceivingPaused) || Is(Step.IsRemoved | Step.IsPaused) || HasEnded) return;
        // The closed TCP window applies backpressure to a peer that sends without reading or faster than the application accepts.
        _step |= Step.IsPaused;
        Loop.BackEnd.StopReceiving(_slot);
    }

    protected override void OnReceivingPaused() => FlushLater();

    protected override void OnReceivingResumed()
    {
        if (!IsHeldUp) Resume();
    }

    protected override Span<byte> GetSendSpan(int length) => _queue.GetSpan(Loop.Segments, length);

    protected override void AdvanceSend(int length)
    {
        _queue.Advance(length);
        FlushLater();
    }

    protected override void Enqueue(PreparedMessage message)
    {
        _queue.Append(Loop.Segments, message);
        FlushLater();
    }

    protected override void EnqueueLarge(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var sent = _queue.IsEmpty && !Is(Step.IsRemoved) ? SendNow(header, payload) : 0;
        if (sent == header.Length + payload.Length) return;
        _queue.Append(Loop.Segments, header[Math.Min(sent, header.Length)..]);
        _queue.Append(Loop.Segments, payload[Math.Max(0, sent - header.Length)..]);
        FlushLater();
    }

    protected override void FlushTransport()
    {
        Resume();
        FlushLater();
    }

    protected override void ShutdownSending() => Loop.BackEnd.ShutdownSend(_slot);

    protected override void EndTransport(bool inOrder)
    {
        _step |= Step.IsRemoved;
        Loop.BackEnd.Remove(_slot, reset: !inOrder);
    }

    private bool Is(Step step) => (_step & step) != 0;

    private void FlushLater()
    {
        if (Is(Step.IsFlushDue)) return;
        _step |= Step.IsFlushDue;
        Loop.FlushLater(this);
    }

    /// <summary>Sends without copying and returns the number of bytes that the kernel accepted; the caller copies the rest.</summary>
    private int SendNow(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        fixed (byte* head = header)
        fixed (byte* body = payload)
        {
            var vectors = stackalloc IoVector[2];
            vectors[0] = new IoVector { Base = head, Length = (nuint)header.Length };
            vectors[1] = new IoVector { Base = body, Length = (nuint)payload.Length };
            // A failed socket reports the error again when the rest is sent, outside the handler's call.
            return Math.Max(0, Loop.BackEnd.SendNow(_slot, vectors, 2));
        }
    }

    private void SendQueued()
    {
        var vectors = stackalloc IoVector[BackEnd.MaxVectors];
        while (_queue.Gather(vectors, BackEnd.MaxVectors) is var count and > 0)
        {
            var sent = Loop.BackEnd.Send(_slot, vectors, count);
            if (sent == 0) return;
            if (sent < 0)
            {
                OnTransportFailed();
                return;
            }

            CompleteSend(sent);
            if (Is(Step.IsRemoved)) return;
        }

        if (HasEnded) OnAllSent();
    }

    private void CompleteSend(int bytes)
    {
        _queue.Advance(Loop.Segments, bytes);
        OnSent();
        if (!Is(Step.IsPaused)) return;
        if (!IsHeldUp && !IsReceivingPaused) Resume();
    }

    private void Resume()
    {
        if (!Is(Step.IsPaused) || Is(Step.IsRemoved | Step.IsReceiveOver)) return;
        _step &= ~Step.IsPaused;
        Loop.BackEnd.StartReceiving(_slot);
    }
}

using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;
using Duplex.Protocol.Pings;

namespace Duplex.Protocol;

/// <summary>
/// A WebSocket connection after its opening handshake, without I/O: received bytes go in and events come out
/// (<see cref="TryReceive"/>); frames to send are written into an <see cref="IFrameOutput"/>; what to do with the transport
/// is returned as a <see cref="TransportAction"/>, and what to bound in time as a <see cref="ProtocolWait"/>. It uses no
/// clock and no thread. A shell moves the bytes, arms the timers and reports the transport's events. One thread at a time.
/// </summary>
public sealed class WebSocketProtocol : IDisposable
{
    /// <summary>
    /// Limit: bytes received and discarded after the connection has closed, before the transport is reset: more than an honest
    /// peer has on its way when it meets the close frame.
    /// </summary>
    public const int MaxLingerBytes = 16 * 1024 * 1024;

    // From here on a payload's copy costs more than a call of its own.
    private const int LargePayloadBytes = 16 * 1024;

    // An idle connection pays for these fields.
    private readonly IFrameOutput _output;
    private EventReader _reader;
    private PongPolicy _pongs;
    private int _discardedBytes;
    private CloseCode _dueCode;
    private ProtocolFaultReason _dueFault;
    private ProtocolWait _wait;
    private TransportPhase _transport;
    private bool _isWaitChanged;
    private bool _hasMessageEnded;
    private bool _needsLinger;

    /// <summary>Makes a connection that is open.</summary>
    /// <param name="setup">What the handshake has settled.</param>
    public WebSocketProtocol(in WebSocketProtocolSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup.Output);
        ArgumentNullException.ThrowIfNull(setup.Limits);
        _output = setup.Output;
        _reader = new EventReader(setup.Role, setup.Limits, setup.Inflater);
    }

    private enum TransportPhase : byte
    {
        /// <summary>In use.</summary>
        Open,

        /// <summary>What is queued is sent, and nothing more is queued.</summary>
        Flushing,

        /// <summary>The sending side is shut, and the peer's end is awaited.</summary>
        Shut,

        /// <summary>Ended, in order or at once.</summary>
        Over,
    }

    /// <summary>The state of the connection.</summary>
    public ConnectionState State { get; private set; }

    /// <summary>Whether messages may be sent: our close frame has not been. RFC 6455 section 5.5.1.</summary>
    public bool CanSend => State <= ConnectionState.Answering;

    /// <summary>Whether frames are masked, so that they cannot be shared with other connections. RFC 6455 section 5.1.</summary>
    public bool IsMasking => _reader.Role == Role.Client;

    /// <summary>Whether messages are delivered in parts.</summary>
    public bool DeliversParts => _reader.DeliversParts;

    /// <summary>Whether the peer has sent its close frame, or has broken a rule: nothing behind it is read. RFC 6455 section 5.5.1.</summary>
    public bool HasPeerClosed => _reader.HasEnded;

    /// <summary>Whether the peer has ended its side of the transport.</summary>
    public bool HasPeerEnded { get; private set; }

    /// <summary>Whether the transport is still read after the connection has closed, until the peer ends its side.</summary>
    public bool Lingers { get; private set; }

    /// <summary>From now on messages are delivered in parts: see <see cref="MessageReader.DeliverParts"/>.</summary>
    public void DeliverParts() => _reader.DeliverParts();

    /// <summary>
    /// Reads up to and including the next event, answers pings on the way, and drops messages that arrive after our close frame.
    /// Call it until it returns false, then again with new bytes. A close frame or a fault changes <see cref="State"/>: to
    /// <see cref="ConnectionState.Answering"/>, from which <see cref="SendDueClose"/> closes, or to
    /// <see cref="ConnectionState.Closed"/>.
    /// </summary>
    /// <param name="input">Bytes as received; unmasked in place, and sliced to what is not yet read.</param>
    /// <param name="e">A message or a part of one, a pong, a close frame or a fault. Valid until the next call.</param>
    /// <returns>False when no further event is complete.</returns>
    public bool TryReceive(ref Span<byte> input, out MessageEvent e)
    {
        while (State != ConnectionState.Closed && _reader.TryRead(ref input, out e))
        {
            switch (e.Kind)
            {
                case MessageEventKind.Ping:
                    if (_pongs.AnswersNow(e.Payload, _output.IsWritable)) SendPong(e.Payload);
                    continue;
                case MessageEventKind.Pong:
                    return true;
                case MessageEventKind.Close:
                    // RFC 6455 section 5.5.1: the answer to the peer's close frame echoes its code. Nothing may follow a close
                    // frame. Where something does, more may be on its way, and would reset the transport.
                    PrepareClose(e.CloseCode, ProtocolFaultReason.None, needsLinger: !input.IsEmpty);
                    return true;
                case MessageEventKind.Fault:
                    PrepareClose(e.Fault.Code, e.Fault.Reason, needsLinger: true);
                    return true;
            }

            if (e.IsLast)
            {
                // A ping between the fragments of this message is answered before the message is.
                if (_output.IsWritable) SendNewestPong();
                _hasMessageEnded = true;
            }

            if (State == ConnectionState.Open) return true;
        }

        EndRead();
        e = default;
        return false;
    }

    /// <summary>Writes a data frame, or a part of a message as a fragment.</summary>
    /// <param name="opcode">The opcode.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="isFinal">Whether the message ends with it.</param>
    /// <param name="isCompressed">Whether the message is compressed; given with its first frame.</param>
    public void SendFrame(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isCompressed = false)
    {
        if (!IsMasking && payload.Length >= LargePayloadBytes)
        {
            Span<byte> header = stackalloc byte[FrameWriter.MaxHeaderBytes];
            _output.Append(header[..FrameWriter.WriteHeader(header, opcode, payload.Length, isFinal, isCompressed)], payload);
            return;
        }

        var span = _output.GetSpan(FrameWriter.HeaderLength(payload.Length, IsMasking) + payload.Length);
        _output.Advance(!IsMasking
            ? FrameWriter.WriteFrame(span, opcode, payload, isFinal, isCompressed)
            : FrameWriter.WriteMaskedFrame(span, opcode, payload, _output.NextMaskingKey(), isFinal, isCompressed));
    }

    /// <summary>Sends a ping. RFC 6455 section 5.5.2.</summary>
    /// <param name="payload">At most 125 bytes.</param>
    public void SendPing(ReadOnlySpan<byte> payload)
    {
        if (CanSend) SendFrame(Opcode.Ping, payload);
    }

    /// <summary>
    /// Starts the closing handshake: sends a close frame and waits for the peer's (RFC 6455 section 7.1.2). In
    /// <see cref="ConnectionState.Answering"/> the close frame that is due is sent instead.
    /// </summary>
    /// <param name="code">A code that may be sent; <see cref="CloseCode.NoStatusReceived"/> sends a close frame without a code.</param>
    /// <param name="reason">At most 123 bytes of UTF-8; longer text is cut at a character boundary.</param>
    public void Close(CloseCode code, string reason = "")
    {
        if (SendDueClose() || State != ConnectionState.Open) return;
        WriteClose(code, reason);
        State = ConnectionState.Closing;
        Await(ProtocolWait.Close);
    }

    /// <summary>Sends the close frame that the peer's close frame or fault has made due, and closes the connection.</summary>
    /// <returns>False when none was due.</returns>
    public bool SendDueClose()
    {
        if (State != ConnectionState.Answering) return false;
        WriteClose(_dueCode, ProtocolFault.Explain(_dueFault));
        EnterClosed();
        return true;
    }

    /// <summary>Fails the connection: sends a close frame if none was sent, and closes it. RFC 6455 section 7.1.7.</summary>
    /// <param name="code">The code.</param>
    /// <param name="reason">At most 123 bytes of UTF-8.</param>
    public void Fail(CloseCode code, string reason)
    {
        if (State == ConnectionState.Closed) return;
        if (CanSend) WriteClose(code, reason);
        _needsLinger = true;
        EnterClosed();
    }

    /// <summary>Closes the connection without a close frame, or gives up draining: the transport has failed or is given up.</summary>
    /// <returns>Nothing when the transport has been ended before.</returns>
    public TransportAction Drop()
    {
        EnterClosed();
        return _transport == TransportPhase.Over ? TransportAction.None : EndTransport(TransportAction.Reset);
    }

    /// <summary>Begins to drain the transport of a connection that has closed: nothing more will be queued.</summary>
    /// <param name="linger">When the transport lingers.</param>
    /// <returns>False when the connection is open, or its transport has been drained or ended before.</returns>
    public bool Drain(LingerPolicy linger)
    {
        if (_transport != TransportPhase.Open || State != ConnectionState.Closed) return false;
        _transport = TransportPhase.Flushing;
        Lingers = linger == LingerPolicy.Always || (linger == LingerPolicy.WhenNeeded && _needsLinger);
        return true;
    }

    /// <summary>
    /// The output is below its high-water mark again: answers the newest of the pings that arrived meanwhile. RFC 6455 section
    /// 5.5.3.
    /// </summary>
    public void OnWritable() => SendNewestPong();

    /// <summary>The transport has taken everything that was queued.</summary>
    public TransportAction OnSent()
    {
        if (_transport != TransportPhase.Flushing) return TransportAction.None;
        if (!Lingers || HasPeerEnded) return EndTransport(TransportAction.End);
        _transport = TransportPhase.Shut;
        return TransportAction.ShutdownSending;
    }

    /// <summary>
    /// The peer has ended its side of the transport, in order. A connection that has not closed before is lost: the caller
    /// drops it, after <see cref="SendDueClose"/> where a close frame is due.
    /// </summary>
    public TransportAction OnPeerEnded()
    {
        HasPeerEnded = true;
        // The peer has read our close frame, or will once it has left: its end is what was awaited.
        return _transport == TransportPhase.Shut ? EndTransport(TransportAction.End) : TransportAction.None;
    }

    /// <summary>Discards bytes that were received after the connection has closed.</summary>
    public TransportAction Discard(int count)
    {
        _discardedBytes = (int)Math.Min((long)_discardedBytes + count, int.MaxValue);
        return _discardedBytes > MaxLingerBytes && _transport != TransportPhase.Over ? EndTransport(TransportAction.Reset) : TransportAction.None;
    }

    /// <summary>Returns what the connection waits for, when that has changed since the last call: the time starts anew.</summary>
    public bool TryTakeWait(out ProtocolWait wait)
    {
        wait = _wait;
        (var isChanged, _isWaitChanged) = (_isWaitChanged, false);
        return isChanged;
    }

    /// <summary>Returns all memory. The connection must not be used afterwards.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _pongs.Release();
    }

    private void EndRead()
    {
        if (_output.IsWritable) SendNewestPong();
        _pongs.EndRead();
        // Bounds the time from a message's first byte to its last, however slowly it drips in.
        if (State == ConnectionState.Open)
        {
            if (!_reader.IsMidMessage) Await(ProtocolWait.None);
            else if (_hasMessageEnded || _wait != ProtocolWait.Message) Await(ProtocolWait.Message);
        }

        _hasMessageEnded = false;
    }

    private void SendPong(ReadOnlySpan<byte> payload)
    {
        if (CanSend) SendFrame(Opcode.Pong, payload);
    }

    private void SendNewestPong()
    {
        if (!_pongs.TryGetNewest(out var newest)) return;
        SendPong(newest);
        _pongs.Release();
    }

    /// <summary>Closes where our close frame was sent first; makes it due otherwise.</summary>
    private void PrepareClose(CloseCode code, ProtocolFaultReason fault, bool needsLinger)
    {
        SendNewestPong();
        _needsLinger = needsLinger;
        if (State == ConnectionState.Closing)
        {
            EnterClosed();
            return;
        }

        (_dueCode, _dueFault) = (code, fault);
        State = ConnectionState.Answering;
        Await(ProtocolWait.Answers);
    }

    private void EnterClosed()
    {
        if (State == ConnectionState.Closed) return;
        State = ConnectionState.Closed;
        Await(ProtocolWait.TransportEnd);
    }

    private TransportAction EndTransport(TransportAction action)
    {
        _transport = TransportPhase.Over;
        Await(ProtocolWait.None);
        return action;
    }

    private void WriteClose(CloseCode code, string reason)
    {
        var span = _output.GetSpan(2 + sizeof(uint) + ClosePayload.MaxBytes);
        _output.Advance(!IsMasking
            ? FrameWriter.WriteClose(span, code, reason)
            : FrameWriter.WriteMaskedClose(span, code, reason, _output.NextMaskingKey()));
    }

    private void Await(ProtocolWait wait)
    {
        // A wait that goes on starts anew only for the next message.
        if (wait == _wait && wait != ProtocolWait.Message) return;
        _wait = wait;
        _isWaitChanged = true;
    }
}

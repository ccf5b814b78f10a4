using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;
using Duplex.Protocol.Pings;

namespace Duplex.Protocol;

/// <summary>
/// Represents a WebSocket connection after its opening handshake, without I/O. <see cref="TryReceive"/> turns received bytes
/// into events; frames to send are written into an <see cref="IFrameOutput"/>; the next step of the transport is returned as
/// a <see cref="TransportAction"/>, and the condition whose time a shell bounds as a <see cref="ProtocolWait"/>. The class
/// uses no clock and no thread: a shell moves the bytes, arms the timers and reports the transport's events. Not safe for
/// concurrent use.
/// </summary>
public sealed class WebSocketProtocol : IDisposable
{
    /// <summary>
    /// Limit: bytes received and discarded after the connection has closed; more reset the transport. The limit exceeds what
    /// a well-behaved peer has in flight when the close frame reaches it.
    /// </summary>
    public const int MaxLingerBytes = 16 * 1024 * 1024;

    // Above this size, copying a payload costs more than a call of its own.
    private const int LargePayloadBytes = 16 * 1024;

    // These fields are part of the memory of every idle connection.
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

    /// <summary>Creates a connection in <see cref="ConnectionState.Open"/>.</summary>
    /// <param name="setup">The parameters that the opening handshake has settled.</param>
    public WebSocketProtocol(in WebSocketProtocolSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup.Output);
        ArgumentNullException.ThrowIfNull(setup.Limits);
        _output = setup.Output;
        _reader = new EventReader(setup.Role, setup.Limits, setup.Inflater);
    }

    private enum TransportPhase : byte
    {
        /// <summary>The transport sends and receives.</summary>
        Open,

        /// <summary>The queued bytes are being sent, and no more bytes are queued.</summary>
        Flushing,

        /// <summary>The sending side is shut down; the connection waits for the end of the peer's side.</summary>
        Shut,

        /// <summary>The transport has ended, in order or by a reset.</summary>
        Over,
    }

    /// <summary>The state of the connection.</summary>
    public ConnectionState State { get; private set; }

    /// <summary>Whether messages may be sent, which is until the local close frame is sent. RFC 6455 section 5.5.1.</summary>
    public bool CanSend => State <= ConnectionState.Answering;

    /// <summary>Whether sent frames are masked and therefore cannot be shared with other connections. RFC 6455 section 5.1.</summary>
    public bool IsMasking => _reader.Role == Role.Client;

    /// <summary>Whether messages are delivered in parts.</summary>
    public bool DeliversParts => _reader.DeliversParts;

    /// <summary>Whether the peer has sent its close frame or broken a rule, after which no frame is read. RFC 6455 section 5.5.1.</summary>
    public bool HasPeerClosed => _reader.HasEnded;

    /// <summary>Whether the peer has ended its side of the transport.</summary>
    public bool HasPeerEnded { get; private set; }

    /// <summary>Whether the transport is still read after the connection has closed, until the peer ends its side.</summary>
    public bool Lingers { get; private set; }

    /// <summary>
    /// Switches to delivering data messages in parts, as their bytes arrive and without retaining them. The first part of a
    /// message in progress holds the bytes that were retained. Rules and limits do not change. The switch cannot be undone.
    /// </summary>
    public void DeliverParts() => _reader.DeliverParts();

    /// <summary>
    /// Reads up to and including the next event, answers the pings on the way, and drops messages that arrive after the
    /// local close frame. Call it until it returns false, then again with new bytes. A close frame or a fault changes
    /// <see cref="State"/>: to <see cref="ConnectionState.Answering"/>, from which <see cref="SendDueClose"/> closes the
    /// connection, or to <see cref="ConnectionState.Closed"/>.
    /// </summary>
    /// <param name="input">The received bytes; they are unmasked in place, and the span is sliced to the unread rest.</param>
    /// <param name="e">The event: a message or a part of one, a pong, a close frame or a fault. It is valid until the next call.</param>
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
                    // RFC 6455 section 5.5.1: the response to the peer's close frame echoes its code. Bytes behind a close
                    // frame break the protocol, and more of them may be in flight and would reset the transport.
                    PrepareClose(e.CloseCode, ProtocolFaultReason.None, needsLinger: !input.IsEmpty);
                    return true;
                case MessageEventKind.Fault:
                    PrepareClose(e.Fault.Code, e.Fault.Reason, needsLinger: true);
                    return true;
            }

            if (e.IsLast)
            {
                // A ping that arrived between the fragments of this message is answered before the message is delivered.
                if (_output.IsWritable) SendNewestPong();
                _hasMessageEnded = true;
            }

            if (State == ConnectionState.Open) return true;
        }

        EndRead();
        e = default;
        return false;
    }

    /// <summary>Writes a data frame: a whole message, or a part of one as a fragment. RFC 6455 section 5.4.</summary>
    /// <param name="opcode">The opcode.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="isFinal">Whether the frame ends its message.</param>
    /// <param name="isCompressed">Whether the message is compressed; set on its first frame only.</param>
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
    /// <param name="payload">The payload, at most 125 bytes.</param>
    public void SendPing(ReadOnlySpan<byte> payload)
    {
        if (CanSend) SendFrame(Opcode.Ping, payload);
    }

    /// <summary>
    /// Starts the closing handshake: sends a close frame and waits for the peer's (RFC 6455 section 7.1.2). In
    /// <see cref="ConnectionState.Answering"/> it sends the close frame that is due instead.
    /// </summary>
    /// <param name="code">A code that may be sent; <see cref="CloseCode.NoStatusReceived"/> sends a close frame without a code.</param>
    /// <param name="reason">The reason, at most 123 bytes of UTF-8; longer text is cut at a character boundary.</param>
    public void Close(CloseCode code, string reason = "")
    {
        if (SendDueClose() || State != ConnectionState.Open) return;
        WriteClose(code, reason);
        State = ConnectionState.Closing;
        Await(ProtocolWait.Close);
    }

    /// <summary>Sends the close frame that is due after the peer's close frame or fault, and closes the connection.</summary>
    /// <returns>False when no close frame was due.</returns>
    public bool SendDueClose()
    {
        if (State != ConnectionState.Answering) return false;
        WriteClose(_dueCode, ProtocolFault.Explain(_dueFault));
        EnterClosed();
        return true;
    }

    /// <summary>Fails the connection: sends a close frame unless one was sent, and closes the connection. RFC 6455 section 7.1.7.</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">The reason, at most 123 bytes of UTF-8.</param>
    public void Fail(CloseCode code, string reason)
    {
        if (State == ConnectionState.Closed) return;
        if (CanSend) WriteClose(code, reason);
        _needsLinger = true;
        EnterClosed();
    }

    /// <summary>
    /// Closes the connection without a close frame, or stops draining its transport, because the transport has failed or is
    /// abandoned.
    /// </summary>
    /// <returns><see cref="TransportAction.Reset"/>, or <see cref="TransportAction.None"/> when the transport has ended before.</returns>
    public TransportAction Drop()
    {
        EnterClosed();
        return _transport == TransportPhase.Over ? TransportAction.None : EndTransport(TransportAction.Reset);
    }

    /// <summary>Starts to drain the transport of a closed connection, after which no more frames are queued.</summary>
    /// <param name="linger">The condition under which the transport lingers.</param>
    /// <returns>False when the connection has not closed, or its transport has been drained or ended before.</returns>
    public bool Drain(LingerPolicy linger)
    {
        if (_transport != TransportPhase.Open || State != ConnectionState.Closed) return false;
        _transport = TransportPhase.Flushing;
        Lingers = linger == LingerPolicy.Always || (linger == LingerPolicy.WhenNeeded && _needsLinger);
        return true;
    }

    /// <summary>
    /// Reports that the output is below its high-water mark again, and answers the newest of the pings that arrived
    /// meanwhile. RFC 6455 section 5.5.3.
    /// </summary>
    public void OnWritable() => SendNewestPong();

    /// <summary>Reports that the transport has accepted every queued byte.</summary>
    public TransportAction OnSent()
    {
        if (_transport != TransportPhase.Flushing) return TransportAction.None;
        if (!Lingers || HasPeerEnded) return EndTransport(TransportAction.End);
        _transport = TransportPhase.Shut;
        return TransportAction.ShutdownSending;
    }

    /// <summary>
    /// Reports that the peer has ended its side of the transport in order. A connection that has not closed before is lost:
    /// the caller drops it, after <see cref="SendDueClose"/> when a close frame is due.
    /// </summary>
    public TransportAction OnPeerEnded()
    {
        HasPeerEnded = true;
        // The peer has read the local close frame, or will read it once it has been sent; only the end of its side was
        // awaited.
        return _transport == TransportPhase.Shut ? EndTransport(TransportAction.End) : TransportAction.None;
    }

    /// <summary>
    /// Counts bytes that were received and discarded after the connection has closed, and resets the transport above
    /// <see cref="MaxLingerBytes"/>.
    /// </summary>
    public TransportAction Discard(int count)
    {
        _discardedBytes = (int)Math.Min((long)_discardedBytes + count, int.MaxValue);
        return _discardedBytes > MaxLingerBytes && _transport != TransportPhase.Over ? EndTransport(TransportAction.Reset) : TransportAction.None;
    }

    /// <summary>
    /// Returns the condition that the connection waits for when it has changed since the last call; its time-out then starts
    /// again.
    /// </summary>
    public bool TryTakeWait(out ProtocolWait wait)
    {
        wait = _wait;
        (var isChanged, _isWaitChanged) = (_isWaitChanged, false);
        return isChanged;
    }

    /// <summary>Releases all memory. The connection must not be used afterwards.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _pongs.Release();
    }

    private void EndRead()
    {
        if (_output.IsWritable) SendNewestPong();
        _pongs.EndRead();
        // The wait bounds the time from a message's first byte to its last, however slowly the bytes arrive.
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

    /// <summary>Closes the connection when the local close frame was sent first; otherwise makes the close frame due.</summary>
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
        // An unchanged wait restarts for the next message only.
        if (wait == _wait && wait != ProtocolWait.Message) return;
        _wait = wait;
        _isWaitChanged = true;
    }
}

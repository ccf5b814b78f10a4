using System.Buffers.Binary;
using System.Text.Unicode;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Masking;
using Duplex.Protocol.Text;

namespace Duplex.Protocol.Messages;

/// <summary>
/// Reads messages and control frames from the bytes that a peer sent after the handshake, and enforces RFC 6455 sections 5
/// and 8.1: the receiving half of a <see cref="WebSocketProtocol"/>. It holds pooled memory only while a message is
/// incomplete. A struct, so that an idle connection has no further object: never copy it.
/// </summary>
internal struct EventReader(Role role, MessageLimits limits, IMessageInflater? inflater = null)
{
    private FrameReader _frame = new(role, allowsCompression: inflater is not null);
    private MessageAssembler _message = new(limits, inflater);

    /// <summary>The local role in the connection.</summary>
    public readonly Role Role => _frame.Role;

    /// <summary>Whether a frame or message has begun and is incomplete; the shell bounds the time to complete it.</summary>
    public readonly bool IsMidMessage => _frame.IsMidFrame || _message.IsOpen;

    /// <summary>Whether a close frame or a fault was read, after which all input is discarded.</summary>
    public readonly bool HasEnded => _frame.HasStopped;

    /// <summary>Whether data messages are delivered in parts.</summary>
    public readonly bool DeliversParts => _message.DeliversParts;

    /// <summary>
    /// Switches to delivering data messages in parts, as their bytes arrive and without retaining them. The first part of a
    /// message in progress holds the bytes that were retained. Rules and limits do not change. The switch cannot be undone.
    /// </summary>
    public void DeliverParts() => _message.DeliversParts = true;

    /// <summary>
    /// Reads up to and including the next event. Call it until it returns false, then again with new bytes.
    /// </summary>
    /// <param name="input">The received bytes; they are unmasked in place, and the span is sliced to the unread rest.</param>
    /// <param name="e">The event. Its payload lies in the input or in the reader's memory and is valid until the next call.</param>
    /// <returns>False when all input was consumed and no further event is complete.</returns>
    public bool TryRead(ref Span<byte> input, out MessageEvent e)
    {
        if (TryReadShort(ref input, out e)) return true;
        ReleasePayload();
        if (HasEnded) input = default;

        while (input.Length > 0)
        {
            var start = _frame.Position;
            if (!_frame.IsInFrame)
            {
                var reason = _frame.ReadHeader(ref input, _message.IsOpen);
                if (reason == ProtocolFaultReason.None && _frame.IsInFrame && _frame.Opcode < Opcode.Close) reason = _message.BeginFrame(_frame);
                if (reason != ProtocolFaultReason.None) return Fail(reason, start, out e);
                if (!_frame.IsInFrame) break;
                start = _frame.Position;
            }

            if (_frame.Opcode >= Opcode.Close)
            {
                var control = _frame.ReadPayload(ref input, int.MaxValue);
                if (_frame.TryCompleteControl(ref control)) return ReadControl(control, out e);
                continue;
            }

            var payload = _frame.ReadPayload(ref input, _message.MaxAddedBytes);
            if (!_message.TryAdd(payload, start, endsFrame: !_frame.IsInFrame, isInputRead: input.IsEmpty, out e)) continue;
            if (e.Kind == MessageEventKind.Fault) End();
            return true;
        }

        e = default;
        return false;
    }

    /// <summary>Returns all memory. The reader must not be used afterwards.</summary>
    public void Dispose()
    {
        _frame.Stop();
        _frame.Release();
        _message.Dispose();
    }

    /// <summary>
    /// Reads the most common case in one step: a server, between messages, has a whole unfragmented message of at most 125
    /// bytes in its input. Its first two bytes prove that it breaks no rule; all other input takes the general path.
    /// FrameReadingBenchmarks has the measurement.
    /// </summary>
    private bool TryReadShort(ref Span<byte> input, out MessageEvent e)
    {
        const int HeaderBytes = 6;
        e = default;
        if (_frame.Role != Role.Server || input.Length < HeaderBytes || HasEnded || IsMidMessage || _message.IsPayloadHeld || _frame.IsPayloadHeld) return false;

        var kind = input[0] ^ FrameHeader.FinBit;
        var length = input[1] ^ FrameHeader.MaskBit;
        if ((uint)(kind - 1) > 1 || length > FrameHeader.MaxShortLength || input.Length < HeaderBytes + length || length > _message.MaxMessageBytes)
            return false;

        var payload = input.Slice(HeaderBytes, length);
        Mask.Apply(payload, Mask.ReadKey(input[2..]));
        var start = _frame.Position + HeaderBytes;
        _frame.Skip(HeaderBytes + length);
        input = input[(HeaderBytes + length)..];
        if (kind == (int)Opcode.Text && !Utf8.IsValid(payload)) return Fail(ProtocolFaultReason.InvalidText, start + Utf8Validator.FirstInvalid(payload), out e);

        e = MessageEvent.Data((MessageEventKind)kind, payload);
        return true;
    }

    private bool ReadControl(ReadOnlySpan<byte> payload, out MessageEvent e)
    {
        if (_frame.Opcode == Opcode.Close) return ReadClose(payload, out e);
        e = MessageEvent.Data(_frame.Opcode == Opcode.Ping ? MessageEventKind.Ping : MessageEventKind.Pong, payload);
        return true;
    }

    private bool ReadClose(ReadOnlySpan<byte> payload, out MessageEvent e)
    {
        var start = _frame.Position - payload.Length;
        var code = CloseCode.NoStatusReceived;
        if (payload.Length == 1) return Fail(ProtocolFaultReason.TruncatedCloseCode, start, out e);
        if (payload.Length >= 2)
        {
            code = (CloseCode)BinaryPrimitives.ReadUInt16BigEndian(payload);
            if (!CloseCodes.IsLegal((ushort)code)) return Fail(ProtocolFaultReason.InvalidCloseCode, start, out e);
            if (!Utf8.IsValid(payload[2..])) return Fail(ProtocolFaultReason.InvalidCloseReason, start + 2, out e);
        }

        // RFC 6455 section 5.5.1: no frame follows a close frame.
        End();
        e = MessageEvent.Close(code, payload);
        return true;
    }

    private bool Fail(ProtocolFaultReason reason, long offset, out MessageEvent e)
    {
        e = MessageEvent.Failed(ProtocolFault.Of(reason, offset));
        End();
        return true;
    }

    private void End()
    {
        _frame.Stop();
        _message.Stop();
    }

    /// <summary>Returns the memory of the last event's payload.</summary>
    private void ReleasePayload()
    {
        if (_frame.IsPayloadHeld) _frame.Release();
        if (_message.IsPayloadHeld) _message.Release();
    }
}

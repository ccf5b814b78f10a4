using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Masking;
using Duplex.Protocol.Text;

namespace Duplex.Protocol.Messages;

/// <summary>
/// Turns the bytes a peer sent after the handshake into messages and control frames, and enforces every rule of
/// RFC 6455 sections 5, 7 and 8.1 on the way. Bytes in, events out: it knows no socket and no clock. It keeps
/// unfinished frames itself, in memory from the pool that it holds only while a message is under way.
/// One thread at a time.
/// </summary>
public sealed class MessageReader : IDisposable
{
    // Inflated bytes of a part. Compressed bytes are taken a few at a time until there are so many: deflate's gain is
    // at most 1,032, so that a part of any content stays below 256 KiB.
    private const int PartBytes = 16 * 1024;
    private const int CompressedSliceBytes = 128;

    // An idle connection pays for this object and nothing else: keep its fields few and small.
    private readonly MessageLimits _limits;
    private readonly IMessageInflater? _inflater;
    private readonly Role _role;
    private MessageBuffer? _message;
    private byte[]? _control;
    private long _position;
    private long _frameRemaining;
    private long _announced;
    private uint _key;
    private int _fragments;
    private int _partBytes;
    private PartialHeader _header;
    private byte _headerLength;
    private byte _controlLength;
    private Opcode _opcode;
    private Opcode _messageOpcode;
    private Utf8Validator _text;
    private State _state;

    /// <summary>Makes a reader for one connection.</summary>
    /// <param name="role">Our end of the connection.</param>
    /// <param name="limits">Bounds on messages.</param>
    /// <param name="inflater">Given when permessage-deflate was negotiated; disposed with the reader.</param>
    public MessageReader(Role role, MessageLimits limits, IMessageInflater? inflater = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _role = role;
        _limits = limits;
        _inflater = inflater;
    }

    [Flags]
    private enum State : byte
    {
        None = 0,
        InFrame = 1,
        IsFinalFrame = 2,
        IsCompressed = 4,
        IsMessageOpen = 8,
        IsDelivered = 16,
        HasEnded = 32,
        DeliversParts = 64,
        IsPartDelivered = 128,
    }

    /// <summary>Whether a frame or message has begun and is not yet whole; the time to complete it is the shell's to bound.</summary>
    public bool IsMidMessage => _headerLength > 0 || (_state & (State.InFrame | State.IsMessageOpen)) != 0;

    /// <summary>Whether a close frame or a fault was read; further input is discarded.</summary>
    public bool HasEnded => Is(State.HasEnded);

    /// <summary>Whether data messages come in parts.</summary>
    public bool DeliversParts => Is(State.DeliversParts);

    /// <summary>
    /// From now on delivers data messages in parts, as their bytes arrive, and holds none of them: a message under way
    /// begins with what was held. The rules and limits are the same. Cannot be undone.
    /// </summary>
    public void DeliverParts() => _state |= State.DeliversParts;

    /// <summary>
    /// Reads up to and including the next event. Call it until it returns false, then again with new bytes.
    /// </summary>
    /// <param name="input">Bytes as received; unmasked in place, and sliced to what is not yet read.</param>
    /// <param name="e">
    /// The event. Its payload lies in the input or in the reader's memory and is valid until the next call.
    /// </param>
    /// <returns>False when all input was taken and no further event is complete.</returns>
    public bool TryRead(ref Span<byte> input, out MessageEvent e)
    {
        if (TryReadShort(ref input, out e)) return true;
        if (Is(State.IsDelivered)) ReleaseDelivered();
        if (Is(State.HasEnded)) input = default;

        while (input.Length > 0)
        {
            if (!Is(State.InFrame))
            {
                var reason = ReadHeader(ref input);
                if (reason != ProtocolFaultReason.None) return Fail(reason, _position, out e);
                if (!Is(State.InFrame)) break;
            }

            var start = _position;
            var payload = input[..(int)Math.Min(_frameRemaining, IsInflatingParts ? Math.Min(CompressedSliceBytes, input.Length) : input.Length)];
            input = input[payload.Length..];
            _position += payload.Length;
            _frameRemaining -= payload.Length;
            if (_key != 0) _key = Mask.Apply(payload, _key);

            var isWhole = _frameRemaining == 0;
            if (isWhole) _state &= ~State.InFrame;
            if (_opcode >= Opcode.Close ? ReadControl(payload, isWhole, out e) : ReadData(payload, isWhole, start, isInputRead: input.IsEmpty, out e))
                return true;
        }

        e = default;
        return false;
    }

    /// <summary>Gives back all memory. The reader must not be used afterwards.</summary>
    public void Dispose()
    {
        _state = State.HasEnded;
        ReleaseMessage();
        ReleaseControl();
        _inflater?.Dispose();
    }

    /// <summary>
    /// The commonest case in one step: between messages, a server has a whole unfragmented message of at most 125
    /// bytes before it. Every rule holds for it by its first two bytes; whatever else comes takes the long way.
    /// Why: FrameReadingBenchmarks.
    /// </summary>
    private bool TryReadShort(ref Span<byte> input, out MessageEvent e)
    {
        const State Idle = State.IsFinalFrame | State.IsCompressed | State.DeliversParts;
        const int HeaderBytes = 6, Masked = FrameHeader.MaskBit;
        e = default;
        if ((_state & ~Idle) != 0 || _headerLength != 0 || _role != Role.Server || input.Length < HeaderBytes) return false;

        var kind = input[0] ^ FrameHeader.FinBit;
        var length = input[1] ^ Masked;
        if ((uint)(kind - 1) > 1 || length > FrameWriter.MaxControlPayloadBytes || input.Length < HeaderBytes + length || length > _limits.MaxMessageBytes)
            return false;

        var payload = input.Slice(HeaderBytes, length);
        Mask.Apply(payload, Mask.ReadKey(input[2..]));
        _position += HeaderBytes + length;
        input = input[(HeaderBytes + length)..];
        if (kind == (int)Opcode.Text && !System.Text.Unicode.Utf8.IsValid(payload))
        {
            _text.Reset();
            IsText(payload, isLast: true, out var invalid);
            return Fail(ProtocolFaultReason.InvalidText, _position - length + invalid, out e);
        }

        e = MessageEvent.Data((MessageEventKind)kind, payload);
        return true;
    }

    private bool IsInflatingParts =>
        (_state & (State.DeliversParts | State.IsCompressed)) == (State.DeliversParts | State.IsCompressed) && _opcode < Opcode.Close;

    private bool Is(State flag) => (_state & flag) != 0;

    /// <summary>Takes a header from the input, or as much of it as is there. In frame afterwards when it is complete and legal.</summary>
    private ProtocolFaultReason ReadHeader(ref Span<byte> input)
    {
        // Nearly always the whole header lies in the input; only a cut one is collected.
        scoped ReadOnlySpan<byte> header = input;
        var length = FrameHeader.Length(header);
        var taken = length;
        if (_headerLength > 0 || input.Length < length)
        {
            header = CollectHeader(input, out taken, out length);
        }

        if (header.Length >= 2)
        {
            var reason = FrameRules.CheckStart(header[0], header[1], _role, Is(State.IsMessageOpen), _inflater is not null);
            if (reason != ProtocolFaultReason.None) return reason;
        }

        input = input[taken..];
        if (header.Length < length) return ProtocolFaultReason.None;

        header = header[..length];
        var payloadLength = FrameHeader.PayloadLength(header);
        var lengthReason = FrameRules.CheckLength(header[1], payloadLength);
        if (lengthReason != ProtocolFaultReason.None) return lengthReason;
        var limitReason = BeginFrame(header[0], (long)payloadLength);
        if (limitReason != ProtocolFaultReason.None) return limitReason;

        _key = FrameHeader.MaskingKey(header);
        _headerLength = 0;
        _position += length;
        return ProtocolFaultReason.None;
    }

    private ReadOnlySpan<byte> CollectHeader(ReadOnlySpan<byte> input, out int taken, out int length)
    {
        Span<byte> header = _header;
        taken = 0;
        while (_headerLength < (length = FrameHeader.Length(header[.._headerLength])) && taken < input.Length)
            header[_headerLength++] = input[taken++];
        return header[.._headerLength];
    }

    private ProtocolFaultReason BeginFrame(byte first, long payloadLength)
    {
        var opcode = (Opcode)(first & FrameHeader.OpcodeBits);
        var isFinal = (first & FrameHeader.FinBit) != 0;
        if (opcode < Opcode.Close)
        {
            if (opcode != Opcode.Continuation)
            {
                _messageOpcode = opcode;
                _announced = 0;
                _fragments = 0;
                _partBytes = 0;
                _text.Reset();
                _state &= ~State.IsCompressed;
                if ((first & FrameHeader.Rsv1Bit) != 0) _state |= State.IsCompressed;
            }

            // Section 10.4. The header alone decides, before any of the payload is held.
            var limit = Is(State.IsCompressed) ? _limits.MaxCompressedBytes : _limits.MaxMessageBytes;
            if (payloadLength > limit - _announced) return ProtocolFaultReason.MessageTooBig;
            if (++_fragments > _limits.MaxFragments) return ProtocolFaultReason.TooManyFragments;
            _announced += payloadLength;
            _state = isFinal ? _state & ~State.IsMessageOpen : _state | State.IsMessageOpen;
        }

        _opcode = opcode;
        _frameRemaining = payloadLength;
        _state = isFinal ? _state | State.IsFinalFrame : _state & ~State.IsFinalFrame;
        _state |= State.InFrame;
        return ProtocolFaultReason.None;
    }

    private bool ReadData(Span<byte> payload, bool isWhole, long start, bool isInputRead, out MessageEvent e)
    {
        var isLast = isWhole && Is(State.IsFinalFrame);
        if (Is(State.IsCompressed)) return ReadCompressed(payload, isWhole, start, isInputRead, out e);

        if (_messageOpcode == Opcode.Text && !IsText(payload, isLast, out var invalid))
            return Fail(ProtocolFaultReason.InvalidText, start + invalid, out e);

        // The fast path: the whole message lies in the input and is handed out where it is.
        if (isLast && !Is(State.IsPartDelivered) && _message is not { Length: > 0 })
        {
            e = MessageEvent.Data((MessageEventKind)_messageOpcode, payload);
            return true;
        }

        // Parts are handed out where they are too, but for what was held when the first of them was asked for.
        if (Is(State.DeliversParts) && _message is not { Length: > 0 }) return DeliverPart(payload, isLast, out e);
        if (payload.Length > 0) (_message ??= new MessageBuffer()).Append(payload, _announced);
        return Deliver(isLast, isDue: Is(State.DeliversParts), out e);
    }

    private bool ReadCompressed(Span<byte> payload, bool isWhole, long start, bool isInputRead, out MessageEvent e)
    {
        var isLast = isWhole && Is(State.IsFinalFrame);
        Debug.Assert(_inflater is not null);
        var message = _message ??= new MessageBuffer();
        var before = message.Length;
        switch (_inflater.Inflate(payload, isLast, message, _limits.MaxMessageBytes - _partBytes - before))
        {
            case InflateResult.Corrupt:
                return Fail(ProtocolFaultReason.InvalidCompressedData, start, out e);
            case InflateResult.TooBig:
                return Fail(ProtocolFaultReason.MessageTooBig, start, out e);
        }

        // An offset inside the inflated text is no place in the stream: the fault lies in these compressed bytes.
        if (_messageOpcode == Opcode.Text && !IsText(message.Written[before..], isLast, out _))
            return Fail(ProtocolFaultReason.InvalidText, start, out e);

        // A part is never held over the next frame, which may be a control frame, or while the shell waits for bytes.
        return Deliver(isLast, isDue: Is(State.DeliversParts) && (isWhole || isInputRead || message.Length >= PartBytes), out e);
    }

    /// <summary>Delivers what is held, when the message ends or a part is due.</summary>
    private bool Deliver(bool isLast, bool isDue, out MessageEvent e)
    {
        if (!isLast && !isDue)
        {
            e = default;
            return false;
        }

        if (!DeliverPart(_message is null ? default : _message.Written, isLast, out e)) return false;
        _state |= State.IsDelivered;
        return true;
    }

    private bool DeliverPart(ReadOnlySpan<byte> payload, bool isLast, out MessageEvent e)
    {
        e = MessageEvent.Part((MessageEventKind)_messageOpcode, payload, isFirst: !Is(State.IsPartDelivered), isLast);
        if (payload.IsEmpty && !isLast) return false;
        _partBytes += payload.Length;
        _state = isLast ? _state & ~State.IsPartDelivered : _state | State.IsPartDelivered;
        return true;
    }

    /// <summary>Checks the next bytes of a text message, and at its end that no character is cut. RFC 6455 section 8.1.</summary>
    private bool IsText(ReadOnlySpan<byte> bytes, bool isLast, out int invalid)
    {
        invalid = _text.Append(bytes);
        if (invalid >= 0) return false;
        invalid = bytes.Length;
        return !isLast || _text.IsComplete;
    }

    private bool ReadControl(Span<byte> payload, bool isWhole, out MessageEvent e)
    {
        // Section 5.4: control frames may arrive between two fragments, so the half-built message is kept and a
        // cut control payload has memory of its own.
        if (!isWhole || _control is not null)
        {
            _control ??= ArrayPool<byte>.Shared.Rent(FrameWriter.MaxControlPayloadBytes);
            payload.CopyTo(_control.AsSpan(_controlLength));
            _controlLength += (byte)payload.Length;
            if (!isWhole)
            {
                e = default;
                return false;
            }

            payload = _control.AsSpan(0, _controlLength);
            _state |= State.IsDelivered;
        }

        if (_opcode == Opcode.Close) return ReadClose(payload, out e);
        e = MessageEvent.Data(_opcode == Opcode.Ping ? MessageEventKind.Ping : MessageEventKind.Pong, payload);
        return true;
    }

    private bool ReadClose(ReadOnlySpan<byte> payload, out MessageEvent e)
    {
        var start = _position - payload.Length;
        var code = CloseCode.NoStatusReceived;
        if (payload.Length == 1) return Fail(ProtocolFaultReason.TruncatedCloseCode, start, out e);
        if (payload.Length >= 2)
        {
            code = (CloseCode)BinaryPrimitives.ReadUInt16BigEndian(payload);
            if (!CloseCodes.IsLegal((ushort)code)) return Fail(ProtocolFaultReason.InvalidCloseCode, start, out e);
            if (!System.Text.Unicode.Utf8.IsValid(payload[2..]))
                return Fail(ProtocolFaultReason.InvalidCloseReason, start + 2, out e);
        }

        // Section 5.5.1: nothing follows a close frame.
        End();
        e = MessageEvent.Close(code, payload);
        return true;
    }

    private bool Fail(ProtocolFaultReason reason, long offset, out MessageEvent e)
    {
        e = MessageEvent.Failed(ProtocolFault.Of(reason, offset));
        End();
        ReleaseControl();
        return true;
    }

    private void End()
    {
        _state = (_state & State.IsDelivered) | State.HasEnded;
        _headerLength = 0;
        ReleaseMessage();
    }

    private void ReleaseDelivered()
    {
        _state &= ~State.IsDelivered;
        if (_control is not null) ReleaseControl();
        else ReleaseMessage();
    }

    private void ReleaseMessage() => _message?.Release();

    private void ReleaseControl()
    {
        if (_control is not null) ArrayPool<byte>.Shared.Return(_control);
        _control = null;
        _controlLength = 0;
    }

    [InlineArray(FrameWriter.MaxHeaderBytes)]
    private struct PartialHeader
    {
        private byte _first;
    }
}

using System.Diagnostics;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Text;

namespace Duplex.Protocol.Messages;

/// <summary>
/// Assembles messages from the payloads of data frames, whole or in parts as they arrive. Compressed messages are inflated
/// (RFC 7692 section 7.2.2), text is validated (RFC 6455 section 8.1), and limits are enforced (section 10.4). Holds pooled
/// memory while a message is incomplete. A mutable struct in its reader: never copy it.
/// </summary>
internal struct MessageAssembler(MessageLimits limits, IMessageInflater? inflater)
{
    // The size of an inflated part. Compressed bytes are inflated in small slices until a part has this size: deflate's
    // ratio is at most 1,032, so that a part of any content stays below 256 KiB.
    private const int PartBytes = 16 * 1024;
    private const int CompressedSliceBytes = 128;

    private readonly MessageLimits _limits = limits;
    private readonly IMessageInflater? _inflater = inflater;
    private MessageBuffer? _buffer;
    private uint _announced;
    private int _fragments;
    private int _deliveredBytes;
    private Utf8Validator _text;
    private Opcode _opcode;
    private bool _isCompressed;

    /// <summary>The size of the largest message in bytes. RFC 6455 section 10.4.</summary>
    public readonly int MaxMessageBytes => _limits.MaxMessageBytes;

    /// <summary>Whether a fragmented message waits for its continuation.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether <see cref="Release"/> returns the memory of the last event's payload.</summary>
    public bool IsPayloadHeld { get; private set; }

    /// <summary>Whether messages are delivered in parts.</summary>
    public bool DeliversParts { readonly get; set; }

    /// <summary>The maximum number of payload bytes to add at once, which keeps inflated parts small.</summary>
    public readonly int MaxAddedBytes => DeliversParts && _isCompressed ? CompressedSliceBytes : int.MaxValue;

    /// <summary>
    /// Begins a data frame and enforces the limits. RFC 6455 section 10.4: the header alone decides, before any payload is
    /// retained.
    /// </summary>
    public ProtocolFaultReason BeginFrame(in FrameReader frame)
    {
        if (frame.Opcode != Opcode.Continuation)
        {
            _opcode = frame.Opcode;
            _announced = 0;
            _fragments = 0;
            _deliveredBytes = 0;
            _text.Reset();
            // RFC 7692 section 6: RSV1 of the first frame applies to the whole message.
            _isCompressed = frame.IsCompressed;
        }

        var limit = _isCompressed ? _limits.MaxCompressedBytes : _limits.MaxMessageBytes;
        if (frame.Remaining > limit - _announced) return ProtocolFaultReason.MessageTooBig;
        if (++_fragments > _limits.MaxFragments) return ProtocolFaultReason.TooManyFragments;
        _announced += (uint)frame.Remaining;
        IsOpen = !frame.IsFinal;
        return ProtocolFaultReason.None;
    }

    /// <summary>Adds payload bytes of the current frame.</summary>
    /// <param name="payload">The unmasked payload bytes.</param>
    /// <param name="offset">The position of the bytes in the peer's stream.</param>
    /// <param name="endsFrame">Whether the bytes end the frame.</param>
    /// <param name="isInputRead">Whether no more bytes have arrived.</param>
    /// <param name="e">The event: a message, a part of one, or a fault.</param>
    /// <returns>Whether there is an event.</returns>
    public bool TryAdd(Span<byte> payload, long offset, bool endsFrame, bool isInputRead, out MessageEvent e)
    {
        var isLast = endsFrame && !IsOpen;
        if (_isCompressed) return TryAddCompressed(payload, offset, endsFrame, isInputRead, out e);
        if (!TryAppendText(payload, isLast, out var invalid)) return Fail(ProtocolFaultReason.InvalidText, offset + invalid, out e);

        // The fast path delivers a message in place when the input holds all of it.
        var isHeld = _buffer is { Length: > 0 };
        if (isLast && _deliveredBytes == 0 && !isHeld)
        {
            e = MessageEvent.Data((MessageEventKind)_opcode, payload);
            return true;
        }

        // Parts are delivered in place too, except for the bytes that were retained before the first part was requested.
        if (DeliversParts && !isHeld) return TryDeliver(payload, isLast, out e);
        if (payload.Length > 0) (_buffer ??= new MessageBuffer()).Append(payload, _announced);
        return TryDeliverHeld(isLast, isDue: DeliversParts, out e);
    }

    /// <summary>Returns the memory of the message.</summary>
    public void Release()
    {
        IsPayloadHeld = false;
        _buffer?.Release();
    }

    /// <summary>Drops the incomplete message when reading stops.</summary>
    public void Stop()
    {
        IsOpen = false;
        Release();
    }

    /// <summary>Returns all memory, that of the inflater included.</summary>
    public void Dispose()
    {
        Stop();
        _inflater?.Dispose();
    }

    private bool TryAddCompressed(ReadOnlySpan<byte> payload, long offset, bool endsFrame, bool isInputRead, out MessageEvent e)
    {
        var isLast = endsFrame && !IsOpen;
        Debug.Assert(_inflater is not null);
        var message = _buffer ??= new MessageBuffer();
        var before = message.Length;
        switch (_inflater.Inflate(payload, isLast, message, _limits.MaxMessageBytes - _deliveredBytes - before))
        {
            case InflateResult.Corrupt:
                return Fail(ProtocolFaultReason.InvalidCompressedData, offset, out e);
            case InflateResult.TooBig:
                return Fail(ProtocolFaultReason.MessageTooBig, offset, out e);
        }

        // An offset inside the inflated text is not a position in the stream: the fault is reported at these compressed
        // bytes.
        if (!TryAppendText(message.Written[before..], isLast, out _)) return Fail(ProtocolFaultReason.InvalidText, offset, out e);

        // A part is not retained across the next frame, which may be a control frame, nor while no more bytes have arrived.
        return TryDeliverHeld(isLast, isDue: DeliversParts && (endsFrame || isInputRead || message.Length >= PartBytes), out e);
    }

    /// <summary>Validates the next bytes of a text message, and at its end that no character is cut. RFC 6455 section 8.1.</summary>
    private bool TryAppendText(ReadOnlySpan<byte> bytes, bool isLast, out int invalid)
    {
        invalid = -1;
        if (_opcode != Opcode.Text) return true;
        invalid = _text.Append(bytes);
        if (invalid >= 0) return false;
        invalid = bytes.Length;
        return !isLast || _text.IsComplete;
    }

    /// <summary>Delivers the retained bytes when the message ends or a part is due.</summary>
    private bool TryDeliverHeld(bool isLast, bool isDue, out MessageEvent e)
    {
        if (isLast || isDue) return IsPayloadHeld = TryDeliver(_buffer is null ? default : _buffer.Written, isLast, out e);
        e = default;
        return false;
    }

    private bool TryDeliver(ReadOnlySpan<byte> payload, bool isLast, out MessageEvent e)
    {
        e = MessageEvent.Part((MessageEventKind)_opcode, payload, isFirst: _deliveredBytes == 0, isLast);
        if (payload.IsEmpty && !isLast) return false;
        _deliveredBytes += payload.Length;
        return true;
    }

    private static bool Fail(ProtocolFaultReason reason, long offset, out MessageEvent e)
    {
        e = MessageEvent.Failed(ProtocolFault.Of(reason, offset));
        return true;
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Duplex.Protocol.Masking;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol.Framing;

/// <summary>
/// Reads frames, in any cut, against the rules of RFC 6455 section 5; <see cref="FrameHeader"/> draws their layout. Data
/// payloads are returned as they arrive, control payloads whole. A mutable struct in its reader: never copy it.
/// </summary>
internal struct FrameReader(Role role, bool allowsCompression)
{
    private readonly Role _role = role;
    private readonly bool _allowsCompression = allowsCompression;
    private byte[]? _control;
    private long _remaining;
    private uint _key;
    private PartialHeader _header;
    private byte _headerLength;
    private byte _controlLength;
    private byte _first;
    private bool _isInFrame;

    /// <summary>Bytes of the stream that were read. A header counts once it is complete and legal.</summary>
    public long Position { get; private set; }

    /// <summary>Whether a header was read whose payload is not complete.</summary>
    public readonly bool IsInFrame => _isInFrame;

    /// <summary>Whether a frame has begun and is not complete.</summary>
    public readonly bool IsMidFrame => _isInFrame || _headerLength > 0;

    public readonly Opcode Opcode => (Opcode)(_first & FrameHeader.OpcodeBits);

    public readonly bool IsFinal => (_first & FrameHeader.FinBit) != 0;

    public readonly bool IsCompressed => (_first & FrameHeader.Rsv1Bit) != 0;

    /// <summary>Bytes of the current frame's payload that have not arrived.</summary>
    public readonly long Remaining => _remaining;

    /// <summary>Takes a header from the input, or as much of it as has arrived; <see cref="IsInFrame"/> is true once it is complete.</summary>
    public ProtocolFaultReason ReadHeader(ref Span<byte> input, bool isMessageOpen)
    {
        // Nearly always the whole header lies in the input; only a cut one is collected.
        scoped ReadOnlySpan<byte> header = input;
        var length = FrameHeader.Length(header);
        var taken = length;
        if (_headerLength > 0 || input.Length < length) header = CollectHeader(input, out taken, out length);

        if (header.Length >= 2)
        {
            var reason = FrameRules.CheckStart(header[0], header[1], _role, isMessageOpen, _allowsCompression);
            if (reason != ProtocolFaultReason.None) return reason;
        }

        input = input[taken..];
        if (header.Length < length) return ProtocolFaultReason.None;

        header = header[..length];
        var payloadLength = FrameHeader.PayloadLength(header);
        var lengthReason = FrameRules.CheckLength(header[1], payloadLength);
        if (lengthReason != ProtocolFaultReason.None) return lengthReason;

        _first = header[0];
        _remaining = (long)payloadLength;
        _key = FrameHeader.MaskingKey(header);
        _headerLength = 0;
        _isInFrame = true;
        Position += length;
        return ProtocolFaultReason.None;
    }

    /// <summary>Takes the payload bytes that have arrived, at most so many, and unmasks them in place. RFC 6455 section 5.3.</summary>
    public Span<byte> ReadPayload(ref Span<byte> input, int maxBytes)
    {
        var payload = input[..(int)Math.Min(_remaining, Math.Min(maxBytes, input.Length))];
        input = input[payload.Length..];
        Position += payload.Length;
        _remaining -= payload.Length;
        _isInFrame = _remaining > 0;
        if (_key != 0) _key = Mask.Apply(payload, _key);
        return payload;
    }

    /// <summary>Advances over a frame that was read elsewhere.</summary>
    public void Skip(int bytes) => Position += bytes;

    /// <summary>
    /// Collects a control frame's payload. RFC 6455 section 5.4: control frames may arrive between two fragments, so a cut
    /// payload has memory of its own, which <see cref="ReleaseControl"/> returns.
    /// </summary>
    /// <returns>Whether the payload is whole.</returns>
    public bool TryCompleteControl(ref Span<byte> payload)
    {
        if (!_isInFrame && _control is null) return true;
        _control ??= ArrayPool<byte>.Shared.Rent(FrameWriter.MaxControlPayloadBytes);
        payload.CopyTo(_control.AsSpan(_controlLength));
        _controlLength += (byte)payload.Length;
        payload = _control.AsSpan(0, _controlLength);
        return !_isInFrame;
    }

    /// <summary>Returns the memory of a control payload.</summary>
    public void ReleaseControl()
    {
        if (_control is not null) ArrayPool<byte>.Shared.Return(_control);
        _control = null;
        _controlLength = 0;
    }

    /// <summary>Forgets a frame that has begun: nothing more is read.</summary>
    public void Stop() => (_isInFrame, _headerLength) = (false, 0);

    [UnscopedRef]
    private ReadOnlySpan<byte> CollectHeader(ReadOnlySpan<byte> input, out int taken, out int length)
    {
        Span<byte> header = _header;
        taken = 0;
        while (_headerLength < (length = FrameHeader.Length(header[.._headerLength])) && taken < input.Length)
            header[_headerLength++] = input[taken++];
        return header[.._headerLength];
    }

    [InlineArray(FrameWriter.MaxHeaderBytes)]
    private struct PartialHeader
    {
        private byte _first;
    }
}

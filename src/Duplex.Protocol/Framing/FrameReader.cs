using System.Buffers;
using Duplex.Protocol.Masking;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol.Framing;

/// <summary>
/// Reads frames from input split at any byte, and validates them against RFC 6455 section 5; <see cref="FrameHeader"/> draws
/// their layout. Data payloads are returned as they arrive, control payloads whole. A mutable struct in its reader: never
/// copy it.
/// </summary>
internal struct FrameReader(Role role, bool allowsCompression)
{
    // These fields are part of the memory of every idle connection; split headers and payloads are collected in pooled
    // memory.
    private readonly bool _allowsCompression = allowsCompression;
    private byte[]? _collected;
    private long _remaining;
    private uint _key;
    private byte _headerLength;
    private byte _controlLength;
    private byte _first;
    private bool _isInFrame;

    /// <summary>The local role in the connection.</summary>
    public Role Role { get; } = role;

    /// <summary>Whether reading has stopped for good.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>The number of bytes of the stream that were read. A header counts once it is complete and valid.</summary>
    public long Position { get; private set; }

    /// <summary>Whether a header was read and its payload is incomplete.</summary>
    public readonly bool IsInFrame => _isInFrame;

    /// <summary>Whether a frame has begun and is incomplete.</summary>
    public readonly bool IsMidFrame => _isInFrame || _headerLength > 0;

    public readonly Opcode Opcode => (Opcode)(_first & FrameHeader.OpcodeBits);

    public readonly bool IsFinal => (_first & FrameHeader.FinBit) != 0;

    public readonly bool IsCompressed => (_first & FrameHeader.Rsv1Bit) != 0;

    /// <summary>The number of bytes of the current frame's payload that have not arrived.</summary>
    public readonly long Remaining => _remaining;

    /// <summary>
    /// Reads a header from the input, or as much of it as has arrived; <see cref="IsInFrame"/> is true once it is complete.
    /// </summary>
    public ProtocolFaultReason ReadHeader(ref Span<byte> input, bool isMessageOpen)
    {
        // The input nearly always holds the whole header; only a split one is collected.
        scoped ReadOnlySpan<byte> header = input;
        var length = FrameHeader.Length(header);
        var taken = length;
        if (_headerLength > 0 || input.Length < length) header = CollectHeader(input, out taken, out length);

        if (header.Length >= 2)
        {
            var reason = FrameRules.CheckStart(header[0], header[1], Role, isMessageOpen, _allowsCompression);
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
        _isInFrame = true;
        Position += length;
        if (_headerLength == 0) return ProtocolFaultReason.None;
        _headerLength = 0;
        Release();
        return ProtocolFaultReason.None;
    }

    /// <summary>Reads the payload bytes that have arrived, up to a maximum, and unmasks them in place. RFC 6455 section 5.3.</summary>
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

    /// <summary>Advances the position over a frame that another reader has read.</summary>
    public void Skip(int bytes) => Position += bytes;

    /// <summary>
    /// Collects a control frame's payload. RFC 6455 section 5.4: control frames may arrive between two fragments, so a split
    /// payload has memory of its own, which <see cref="Release"/> returns.
    /// </summary>
    /// <returns>Whether the payload is whole.</returns>
    public bool TryCompleteControl(ref Span<byte> payload)
    {
        if (!_isInFrame && _controlLength == 0) return true;
        if (payload.Length > 0) payload.CopyTo(Collected().AsSpan(_controlLength));
        _controlLength += (byte)payload.Length;
        payload = _collected.AsSpan(0, _controlLength);
        return !_isInFrame;
    }

    /// <summary>Whether <see cref="Release"/> returns the memory of the last control payload.</summary>
    public readonly bool IsPayloadHeld => !_isInFrame && _controlLength > 0;

    /// <summary>Returns the memory of the collected header and payload.</summary>
    public void Release()
    {
        if (_collected is not null) ArrayPool<byte>.Shared.Return(_collected);
        _collected = null;
        _controlLength = 0;
    }

    /// <summary>Discards a frame that has begun and stops reading.</summary>
    public void Stop() => (HasStopped, _isInFrame, _headerLength) = (true, false, 0);

    private byte[] Collected() => _collected ??= ArrayPool<byte>.Shared.Rent(FrameWriter.MaxControlPayloadBytes);

    private ReadOnlySpan<byte> CollectHeader(ReadOnlySpan<byte> input, out int taken, out int length)
    {
        var header = Collected();
        taken = 0;
        while (_headerLength < (length = FrameHeader.Length(header.AsSpan(0, _headerLength))) && taken < input.Length)
            header[_headerLength++] = input[taken++];
        return header.AsSpan(0, _headerLength);
    }
}

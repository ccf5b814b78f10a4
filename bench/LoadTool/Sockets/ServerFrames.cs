namespace LoadTool.Sockets;

/// <summary>Parses a server's frames at any split of their bytes. RFC 6455 section 5.2.</summary>
internal struct ServerFrames
{
    private long _payloadLeft;
    private int _lengthBytesLeft;
    private State _state;

    private enum State : byte
    {
        Opcode,
        Length,
        LongLength,
        Payload,
    }

    /// <summary>The opcode of the current frame.</summary>
    public byte Opcode { get; private set; }

    /// <summary>The length of the current frame's payload.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the last part that <see cref="TryRead"/> returned ends its frame.</summary>
    public readonly bool IsEnd => _state == State.Opcode;

    /// <summary>Removes the next part of a frame's payload from the bytes.</summary>
    /// <returns>False when all bytes have been read.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload)
    {
        while (bytes.Length > 0)
        {
            if (_state == State.Payload)
            {
                payload = bytes[..(int)Math.Min(_payloadLeft, bytes.Length)];
                bytes = bytes[payload.Length..];
                _payloadLeft -= payload.Length;
                if (_payloadLeft == 0) _state = State.Opcode;
                return true;
            }

            var value = bytes[0];
            bytes = bytes[1..];
            if (!IsHeaderComplete(value)) continue;
            payload = default;
            _payloadLeft = Length;
            _state = Length == 0 ? State.Opcode : State.Payload;
            if (Length == 0) return true;
        }

        payload = default;
        return false;
    }

    private bool IsHeaderComplete(byte value)
    {
        switch (_state)
        {
            case State.Opcode:
                Opcode = (byte)(value & 0xF);
                _state = State.Length;
                return false;
            case State.Length:
                if ((value & 0x80) != 0) throw new InvalidOperationException("The server masked a frame.");
                Length = value < 126 ? value : 0;
                _lengthBytesLeft = value < 126 ? 0 : value == 126 ? 2 : 8;
                _state = State.LongLength;
                return _lengthBytesLeft == 0;
            default:
                Length = (Length << 8) | value;
                return --_lengthBytesLeft == 0;
        }
    }
}

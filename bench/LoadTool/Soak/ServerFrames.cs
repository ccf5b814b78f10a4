namespace LoadTool.Soak;

/// <summary>Parses a server's frames at any split of its bytes, counts data payload, and detects pings and closes.</summary>
internal struct ServerFrames
{
    private long _payloadLeft;
    private long _length;
    private int _lengthBytesLeft;
    private byte _opcode;
    private State _state;

    private enum State : byte
    {
        Opcode,
        Length,
        LongLength,
        Payload,
    }

    /// <summary>Data payload bytes received since the last call to <see cref="TakeData"/>.</summary>
    private long _data;

    /// <summary>Expected value of every byte of data.</summary>
    public byte Content { get; set; }

    public bool HasOtherContent { get; private set; }

    public bool SawPing { get; private set; }

    public bool SawClose { get; private set; }

    public long TakeData()
    {
        var data = _data;
        _data = 0;
        return data;
    }

    public void ClearPing() => SawPing = false;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_state == State.Payload)
            {
                var taken = (int)Math.Min(_payloadLeft, bytes.Length);
                if (_opcode < 0x8)
                {
                    _data += taken;
                    HasOtherContent |= bytes[..taken].IndexOfAnyExcept(Content) >= 0;
                }

                _payloadLeft -= taken;
                bytes = bytes[taken..];
                if (_payloadLeft == 0) EndFrame();
                continue;
            }

            var value = bytes[0];
            bytes = bytes[1..];
            switch (_state)
            {
                case State.Opcode:
                    _opcode = (byte)(value & 0xF);
                    _state = State.Length;
                    break;
                case State.Length:
                    if ((value & 0x80) != 0) throw new InvalidOperationException("The server masked a frame.");
                    _length = value < 126 ? value : 0;
                    _lengthBytesLeft = value < 126 ? 0 : value == 126 ? 2 : 8;
                    if (_lengthBytesLeft == 0) BeginPayload();
                    else _state = State.LongLength;
                    break;
                default:
                    _length = (_length << 8) | value;
                    if (--_lengthBytesLeft == 0) BeginPayload();
                    break;
            }
        }
    }

    private void BeginPayload()
    {
        _payloadLeft = _length;
        _state = State.Payload;
        if (_payloadLeft == 0) EndFrame();
    }

    private void EndFrame()
    {
        _state = State.Opcode;
        // The soak's server pings with an empty payload, so the pong has none either.
        if (_opcode == 0x9) SawPing = true;
        if (_opcode == 0x8) SawClose = true;
    }
}

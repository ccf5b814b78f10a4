using System.Text;
using System.Text.Unicode;
using Duplex.Centrifuge.Codecs;

namespace Duplex.Centrifuge.Protobuf;

/// <summary>
/// Reads the fields of one message. Each field starts with a tag: its number shifted left by three bits, and a wire
/// type (0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes). After the first fault every call returns the zero
/// value, so that callers check <see cref="Fault"/> once, at the end.
/// </summary>
internal ref struct ProtobufFieldReader
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _depthLeft;
    private int _position;
    private int _entriesLeft;
    private string? _fault;

    public ProtobufFieldReader(ReadOnlySpan<byte> message, CodecLimits limits)
        : this(message, limits.MaxDepth, limits.MaxEntries) { }

    private ProtobufFieldReader(ReadOnlySpan<byte> message, int depthLeft, int entriesLeft)
    {
        _message = message;
        _depthLeft = depthLeft;
        _entriesLeft = entriesLeft;
    }

    /// <summary>The first fault, or null.</summary>
    public readonly CommandFault? Fault => _fault is null ? null : new CommandFault(_fault, _position);

    /// <summary>Moves to the next field; returns false at the end.</summary>
    public bool NextField(out int tag)
    {
        tag = 0;
        if (_fault is not null || _position == _message.Length) return false;
        var raw = Varint();
        // Field numbers end at 2^29 - 1, and there is no number 0.
        if (raw is < 8 or > uint.MaxValue) return Fail("bad field number");
        tag = (int)(uint)raw;
        return true;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_fault is not null || _position >= _message.Length) break;
            var b = _message[_position++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }

        Fail("varint too long or truncated");
        return 0;
    }

    // Numbers wider than their field are truncated, as Protobuf does between its integer types.
    public uint UInt32() => (uint)Varint();

    public int Int32() => (int)Varint();

    public long Int64() => (long)Varint();

    public bool Bool() => Varint() != 0;

    public string String()
    {
        var bytes = Bytes();
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        Fail("not UTF-8");
        return "";
    }

    /// <summary>Returns a copy of the bytes, because the copy outlives the frame.</summary>
    public ReadOnlyMemory<byte> Payload() => Bytes().ToArray();

    /// <summary>Returns a reader for the message in this field. Pass it to <see cref="Leave"/> after the last field.</summary>
    public ProtobufFieldReader Enter()
    {
        var bytes = Bytes();
        if (_depthLeft == 0) Fail("nested too deeply");
        return _fault is null ? new ProtobufFieldReader(bytes, _depthLeft - 1, _entriesLeft) : default;
    }

    /// <summary>Takes over the fault and the entry count of a reader from <see cref="Enter"/>.</summary>
    public void Leave(in ProtobufFieldReader inner)
    {
        if (_fault is not null) return;
        _fault = inner._fault;
        _entriesLeft = inner._entriesLeft;
    }

    /// <summary>Counts an element of a list or map.</summary>
    public void TakeEntry()
    {
        if (_entriesLeft-- <= 0) Fail("too many entries");
    }

    /// <summary>Skips the value of an unknown field.</summary>
    public void Skip(int tag)
    {
        switch (tag & 7)
        {
            case 0: Varint(); break;
            case 1: Take(8); break;
            case 2: Bytes(); break;
            case 5: Take(4); break;
            // 3 and 4 are groups, which proto3 does not have; 6 and 7 do not exist.
            default: Fail("bad wire type"); break;
        }
    }

    private ReadOnlySpan<byte> Bytes() => Take(Varint());

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (_fault is not null) return default;
        if (length > (ulong)(_message.Length - _position))
        {
            Fail("message ends early");
            return default;
        }

        var bytes = _message.Slice(_position, (int)length);
        _position += (int)length;
        return bytes;
    }

    private bool Fail(string reason)
    {
        _fault ??= reason;
        return false;
    }
}

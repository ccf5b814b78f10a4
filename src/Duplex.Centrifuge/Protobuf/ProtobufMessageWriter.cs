using System.Buffers;
using System.Text;

namespace Duplex.Centrifuge.Protobuf;

/// <summary>
/// Writes one message from its end to its start, so that the length of each nested message, which precedes it, is known
/// when it is written: no second pass, no shifting. Callers therefore write fields in descending order. Zero values are
/// omitted, as proto3 requires. Each thread reuses one instance.
/// </summary>
internal sealed class ProtobufMessageWriter
{
    private const int FirstBytes = 512;
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ProtobufMessageWriter? _current;

    private byte[] _buffer = new byte[FirstBytes];
    private int _start;

    private ProtobufMessageWriter() { }

    /// <summary>The number of bytes written so far, for <see cref="Nested"/>.</summary>
    public int Length => _buffer.Length - _start;

    /// <summary>Returns this thread's writer, empty.</summary>
    public static ProtobufMessageWriter Begin()
    {
        var writer = _current ??= new ProtobufMessageWriter();
        writer._start = writer._buffer.Length;
        return writer;
    }

    /// <summary>Appends the length and the message to the output.</summary>
    public void End(IBufferWriter<byte> output)
    {
        Varint((ulong)Length);
        output.Write(_buffer.AsSpan(_start));
        if (_buffer.Length > KeptBytes) _buffer = new byte[FirstBytes];
    }

    /// <summary>Ends the nested message whose fields were written since <paramref name="lengthBefore"/>. It is written even if it is empty.</summary>
    public void Nested(int number, int lengthBefore)
    {
        Varint((ulong)(Length - lengthBefore));
        Varint((ulong)(number << 3 | 2));
    }

    public void Number(int number, ulong value)
    {
        if (value == 0) return;
        Varint(value);
        Varint((ulong)(number << 3 | 0));
    }

    // Negative numbers take ten bytes: they are sign-extended to 64 bits first.
    public void Number(int number, long value) => Number(number, (ulong)value);

    /// <summary>Writes a number of the type sint64: the lowest bit holds the sign, so that small negative numbers are short.</summary>
    public void ZigZag(int number, long value) => Number(number, (ulong)(value << 1 ^ value >> 63));

    public void Bool(int number, bool value) => Number(number, value ? 1UL : 0UL);

    public void String(int number, string? value)
    {
        if (!string.IsNullOrEmpty(value)) AnyString(number, value);
    }

    /// <summary>Writes the field even if the value is empty, as map entries require.</summary>
    public void AnyString(int number, string value)
    {
        var before = Length;
        var length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Reserve(length));
        Nested(number, before);
    }

    public void Bytes(int number, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        var before = Length;
        value.CopyTo(Reserve(value.Length));
        Nested(number, before);
    }

    private void Varint(ulong value)
    {
        var length = 1;
        for (var rest = value; rest >= 0x80; rest >>= 7) length++;
        var bytes = Reserve(length);
        for (var i = 0; i < length - 1; i++, value >>= 7) bytes[i] = (byte)(value | 0x80);
        bytes[length - 1] = (byte)value;
    }

    private Span<byte> Reserve(int length)
    {
        if (_start < length)
        {
            var written = Length;
            var larger = new byte[Math.Max(_buffer.Length * 2, checked(written + length))];
            _buffer.AsSpan(_start).CopyTo(larger.AsSpan(larger.Length - written));
            _start = larger.Length - written;
            _buffer = larger;
        }

        _start -= length;
        return _buffer.AsSpan(_start, length);
    }
}

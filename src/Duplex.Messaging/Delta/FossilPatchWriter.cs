using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Duplex.Messaging.Delta;

/// <summary>Writes a patch, and stops writing once it exceeds the maximum length.</summary>
internal ref struct FossilPatchWriter(int maxBytes)
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(maxBytes);
    private int _length;
    private bool _isTooLong;

    public void Begin(int targetLength)
    {
        Number((uint)targetLength);
        Byte((byte)'\n');
    }

    public void Literal(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        Number((uint)bytes.Length);
        Byte((byte)':');
        if (Reserve(bytes.Length)) bytes.CopyTo(_buffer.AsSpan(_length - bytes.Length));
    }

    public void Copy(int length, int sourceStart)
    {
        Number((uint)length);
        Byte((byte)'@');
        Number((uint)sourceStart);
        Byte((byte)',');
    }

    public void End(uint checksum)
    {
        Number(checksum);
        Byte((byte)';');
    }

    /// <summary>Returns the patch, unless it is too long. Called once, last.</summary>
    public readonly bool TryTake([NotNullWhen(true)] out byte[]? patch)
    {
        patch = _isTooLong ? null : _buffer.AsSpan(0, _length).ToArray();
        ArrayPool<byte>.Shared.Return(_buffer);
        return patch is not null;
    }

    private void Number(uint number)
    {
        var digits = FossilDigits.Count(number);
        if (!Reserve(digits)) return;
        for (var i = _length - 1; i >= _length - digits; i--, number >>= 6) _buffer[i] = FossilDigits.Alphabet[(int)(number & 63)];
    }

    private void Byte(byte value)
    {
        if (Reserve(1)) _buffer[_length - 1] = value;
    }

    private bool Reserve(int count)
    {
        if (_isTooLong || count > maxBytes - _length)
        {
            _isTooLong = true;
            return false;
        }

        _length += count;
        return true;
    }
}

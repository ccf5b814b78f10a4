using System.Buffers;

namespace Duplex.Protocol.Messages;

/// <summary>The bytes of a message that is not yet whole, in memory from the pool.</summary>
internal sealed class MessageBuffer : IBufferWriter<byte>
{
    private const int SmallestBytes = 1024;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <param name="bytes">What to append.</param>
    /// <param name="announced">Length of the message as far as its frame headers tell.</param>
    public void Append(ReadOnlySpan<byte> bytes, long announced)
    {
        var needed = Length + bytes.Length;
        // A header alone must not make us hold what it announces: memory stays within four times what has
        // arrived, and the copies of growing by four cost a third of a message at most.
        if (needed > _bytes.Length) Grow((int)Math.Max(needed, Math.Min(announced, Math.Max(SmallestBytes, 4L * needed))));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length = needed;
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Gives the memory back. The buffer can be used again.</summary>
    public void Release()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private void EnsureFree(int sizeHint)
    {
        var needed = Length + Math.Max(1, sizeHint);
        if (needed > _bytes.Length) Grow(Math.Max(needed, Math.Max(SmallestBytes, 2 * Length)));
    }

    private void Grow(int size)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(size);
        Written.CopyTo(bytes);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = bytes;
    }
}

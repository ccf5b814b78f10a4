using System.Buffers;

namespace Duplex.Protocol.Messages;

/// <summary>Represents the bytes of an incomplete message, in pooled memory.</summary>
internal sealed class MessageBuffer : IBufferWriter<byte>
{
    private const int SmallestBytes = 1024;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <param name="bytes">The bytes to append.</param>
    /// <param name="announced">The length of the message as far as its frame headers announce it.</param>
    public void Append(ReadOnlySpan<byte> bytes, long announced)
    {
        var needed = Length + bytes.Length;
        // An announced length alone does not allocate: memory stays within four times the bytes received, and the copies of
        // growing by four cost at most a third of a message.
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

    /// <summary>Returns the memory. The buffer can be used again.</summary>
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

using System.Buffers;

namespace Duplex.WebSockets.Compression;

/// <summary>Represents a compressed payload in pooled memory. Its owner disposes it once; a default value is empty.</summary>
internal readonly struct CompressedPayload : IDisposable
{
    private readonly byte[]? _buffer;
    private readonly int _length;

    internal CompressedPayload(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    /// <summary>The bytes; valid until disposal.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Returns the memory.</summary>
    public void Dispose()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
    }
}

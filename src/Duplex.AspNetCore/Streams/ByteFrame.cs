using System.Buffers;
using Duplex.Execution;

namespace Duplex.AspNetCore.Streams;

/// <summary>Represents a frame of an HTTP stream in pooled memory.</summary>
internal sealed class ByteFrame : SharedFrame
{
    private byte[]? _buffer;

    private ByteFrame(byte[] buffer, int length)
    {
        _buffer = buffer;
        Length = length;
    }

    public override int Length { get; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>Concatenates a prefix, a message and a suffix into a frame.</summary>
    public static ByteFrame Create(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> message, ReadOnlySpan<byte> suffix)
    {
        var length = prefix.Length + message.Length + suffix.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        prefix.CopyTo(buffer);
        message.CopyTo(buffer.AsSpan(prefix.Length));
        suffix.CopyTo(buffer.AsSpan(prefix.Length + message.Length));
        return new ByteFrame(buffer, length);
    }

    protected override void Free()
    {
        var buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
    }
}

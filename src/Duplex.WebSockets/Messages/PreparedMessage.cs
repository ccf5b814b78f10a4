using Duplex.WebSockets.Memory;

namespace Duplex.WebSockets.Messages;

/// <summary>
/// A message framed once as a server sends it (unmasked, RFC 6455 section 5.1), so that the same bytes go to any
/// number of connections. Reference-counted: it starts with one reference and returns its memory with the last.
/// </summary>
public sealed class PreparedMessage
{
    private byte[]? _buffer;
    private readonly int _length;
    private int _references = 1;

    private PreparedMessage(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    /// <summary>The finished frame, header included. Its memory never moves, so the kernel can read from it.</summary>
    public ReadOnlyMemory<byte> Frame => new(_buffer ?? throw new ObjectDisposedException(nameof(PreparedMessage)), 0, _length);

    /// <summary>Takes one more reference. Safe from any thread, for a caller that holds one.</summary>
    public void Retain() => Interlocked.Increment(ref _references);

    /// <summary>Gives one reference back. Safe from any thread.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) != 0) return;
        var buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null) PinnedBuffers.Return(buffer);
    }

    /// <summary>Frames a payload, which is copied.</summary>
    public static PreparedMessage Create(ReadOnlySpan<byte> payload, MessageType type)
    {
        // RFC 6455 section 5.2: 7 bits of length, or 126 and 16 bits, or 127 and 64 bits.
        var headerLength = payload.Length < 126 ? 2 : payload.Length <= ushort.MaxValue ? 4 : 10;
        var buffer = PinnedBuffers.Rent(headerLength + payload.Length);
        buffer[0] = (byte)(0x80 | (byte)type);
        switch (headerLength)
        {
            case 2:
                buffer[1] = (byte)payload.Length;
                break;
            case 4:
                buffer[1] = 126;
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                buffer[1] = 127;
                System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(buffer.AsSpan(2), (ulong)payload.Length);
                break;
        }

        payload.CopyTo(buffer.AsSpan(headerLength));
        return new PreparedMessage(buffer, headerLength + payload.Length);
    }
}

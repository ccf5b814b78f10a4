using System.Buffers;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Sending;

/// <summary>
/// Represents the bytes to send on one connection, in order: small messages are copied into chunks, so that those of a turn
/// leave in one write, and large shared messages are queued by reference. Holds no memory while empty.
/// </summary>
internal sealed class SendQueue
{
    private const int SmallestChunkBytes = 4096;
    private const int LargestGatheredBytes = 64 * 1024;

    // Shared frames up to this size are copied, because that costs less than a write of their own.
    private const int LargestCopiedFrame = 8 * 1024;

    private readonly Queue<Chunk> _chunks = new();
    private Chunk _tail;

    // The bytes of the first chunk that have left.
    private int _consumed;

    /// <summary>The number of bytes that were added and not yet removed by <see cref="Consume"/>.</summary>
    public long Length { get; private set; }

    public Span<byte> GetSpan(int length)
    {
        if (_tail.Buffer is null || _tail.Buffer.Length - _tail.Length < length) MakeRoom(length);
        return _tail.Buffer.AsSpan(_tail.Length, length);
    }

    public void Advance(int length)
    {
        _tail.Length += length;
        Length += length;
    }

    public void Add(PreparedMessage message)
    {
        var frame = message.Frame;
        if (frame.Length <= LargestCopiedFrame)
        {
            frame.Span.CopyTo(GetSpan(frame.Length));
            Advance(frame.Length);
            return;
        }

        message.Retain();
        CloseTail();
        _chunks.Enqueue(new Chunk { Message = message, Length = frame.Length });
        Length += frame.Length;
    }

    /// <summary>Returns the bytes to send next, which stay in the queue until <see cref="Consume"/>.</summary>
    /// <param name="maxBytes">The maximum number of bytes to return.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>False when the queue is empty.</returns>
    public bool TryPeek(int maxBytes, out ReadOnlyMemory<byte> bytes)
    {
        if (_chunks.Count == 0) CloseTail();
        if (!_chunks.TryPeek(out var chunk))
        {
            bytes = default;
            return false;
        }

        bytes = (chunk.Message?.Frame ?? chunk.Buffer.AsMemory(0, chunk.Length))[_consumed..];
        if (bytes.Length > maxBytes) bytes = bytes[..maxBytes];
        return true;
    }

    /// <summary>Removes bytes that <see cref="TryPeek"/> returned.</summary>
    public void Consume(int count)
    {
        Length -= count;
        _consumed += count;
        if (_consumed < _chunks.Peek().Length) return;
        _consumed = 0;
        _chunks.Dequeue().Release();
    }

    /// <summary>Drops all bytes.</summary>
    public void Clear()
    {
        CloseTail();
        while (_chunks.TryDequeue(out var chunk)) chunk.Release();
        _consumed = 0;
        Length = 0;
    }

    private void MakeRoom(int length)
    {
        // The tail grows in place, which keeps the messages of a turn together up to the size of a large write.
        var needed = _tail.Length + length;
        if (_tail.Buffer is null || needed > LargestGatheredBytes)
        {
            CloseTail();
            _tail = new Chunk { Buffer = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestChunkBytes, length)) };
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _tail.Buffer.Length * 2));
        _tail.Buffer.AsSpan(0, _tail.Length).CopyTo(buffer);
        ArrayPool<byte>.Shared.Return(_tail.Buffer);
        _tail.Buffer = buffer;
    }

    private void CloseTail()
    {
        if (_tail.Length > 0) _chunks.Enqueue(_tail);
        else _tail.Release();
        _tail = default;
    }

    private struct Chunk
    {
        public byte[]? Buffer;
        public PreparedMessage? Message;
        public int Length;

        public readonly void Release()
        {
            if (Buffer is not null) ArrayPool<byte>.Shared.Return(Buffer);
            Message?.Release();
        }
    }
}

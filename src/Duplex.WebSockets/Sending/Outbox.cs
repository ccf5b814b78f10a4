using System.Buffers;
using System.Buffers.Binary;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Sending;

/// <summary>
/// Represents the messages that were accepted from any thread and that the shard has not queued yet: copies, in order,
/// while the send queue has room for them, at most <see cref="MaxBytes"/>, and no send waits. Holds no memory while empty.
/// </summary>
internal sealed class Outbox
{
    // A message is stored as its length in four bytes, its type in one, and its payload.
    private const int LengthBytes = 4, HeaderBytes = LengthBytes + 1;
    private const int SmallestBufferBytes = 1024;

    // One buffer has all messages. A high-water mark may be 2 GB, and a buffer of that length cannot be doubled, or even rented.
    internal const int MaxBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private byte[]? _buffer;
    private int _length;
    private long _room;
    private int _arriving;
    private bool _isDrainDue;
    private bool _isClosed;

    /// <summary>Accepts a copy of a message. Any thread.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="type">The type of the message.</param>
    /// <param name="isFirst">Whether the caller posts the call of <see cref="Drain"/>: one call takes all messages.</param>
    /// <returns>False when the message must wait: for room, or behind a send that waits.</returns>
    public bool TryAdd(ReadOnlySpan<byte> payload, MessageType type, out bool isFirst)
    {
        // The frame's header takes its part of the send queue too.
        var size = payload.Length + FrameWriter.MaxHeaderBytes;
        lock (_lock)
        {
            isFirst = false;
            if (_arriving > 0 || size > _room) return false;
            _room -= size;
            Append(payload, type);
            isFirst = !_isDrainDue;
            _isDrainDue = true;
            return true;
        }
    }

    /// <summary>Reports that a send is posted: no message is accepted before it has arrived at the shard. Any thread.</summary>
    public void OnPosted()
    {
        lock (_lock) _arriving++;
    }

    /// <summary>Reports that a posted send has arrived, and sets the room that is left after it. On the shard only.</summary>
    public void OnArrived(long room)
    {
        lock (_lock)
        {
            _arriving--;
            SetRoomLocked(room);
        }
    }

    /// <summary>Sets the number of bytes for which the send queue has room. On the shard only.</summary>
    public void SetRoom(long room)
    {
        lock (_lock) SetRoomLocked(room);
    }

    /// <summary>Accepts no more messages. On the shard only.</summary>
    public void Close()
    {
        lock (_lock) (_isClosed, _room) = (true, 0);
    }

    /// <summary>Queues the accepted messages. A closed connection ignores them. On the shard only.</summary>
    public void Drain(WebSocketConnection connection)
    {
        byte[]? buffer;
        int length;
        lock (_lock)
        {
            (buffer, length) = (_buffer, _length);
            (_buffer, _length, _isDrainDue) = (null, 0, false);
        }

        if (buffer is null) return;
        try
        {
            for (var at = 0; at < length;)
            {
                var payload = buffer.AsSpan(at + HeaderBytes, BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at)));
                connection.SendMessage(payload, (MessageType)buffer[at + LengthBytes]);
                at += HeaderBytes + payload.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Messages that were accepted since the last drain take their part of the room.
    private void SetRoomLocked(long room) => _room = _isClosed ? 0 : Math.Min(room, MaxBytes) - _length;

    private void Append(ReadOnlySpan<byte> payload, MessageType type)
    {
        var end = _length + HeaderBytes + payload.Length;
        if (_buffer is null || _buffer.Length < end) Grow(end);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length), payload.Length);
        _buffer![_length + LengthBytes] = (byte)type;
        payload.CopyTo(_buffer.AsSpan(_length + HeaderBytes));
        _length = end;
    }

    private void Grow(int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, Math.Max(SmallestBufferBytes, 2 * _length)));
        if (_buffer is not null)
        {
            _buffer.AsSpan(0, _length).CopyTo(buffer);
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = buffer;
    }
}

using Duplex.EventLoop.Interop;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Sending;

/// <summary>The send queue of one connection, in order. An empty queue takes two references and a count.</summary>
internal unsafe struct SegmentQueue
{
    // Up to this length a shared message is copied after queued bytes, which is cheaper than one more vector to gather.
    private const int CopyBelowBytes = 1024;

    private OutboundSegment? _first;
    private OutboundSegment? _last;

    public readonly bool IsEmpty => _first is null;

    /// <summary>The number of queued bytes that the kernel has not accepted.</summary>
    public int Length { get; private set; }

    /// <summary>Returns contiguous memory for bytes to send; they are queued once <see cref="Advance(int)"/> is called.</summary>
    public Span<byte> GetSpan(SegmentPool pool, int length)
    {
        var segment = _last;
        if (segment is null || segment.Capacity - segment.End < length) segment = Link(pool.Rent(length, segment is not null));
        return new Span<byte>(segment.Memory + segment.End, length);
    }

    public void Advance(int length)
    {
        _last!.End += length;
        Length += length;
    }

    /// <summary>Copies bytes into the queue, into several blocks if they exceed one.</summary>
    public void Append(SegmentPool pool, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var length = Math.Min(bytes.Length, SegmentPool.LargestBlock);
            bytes[..length].CopyTo(GetSpan(pool, length));
            Advance(length);
            bytes = bytes[length..];
        }
    }

    /// <summary>Queues a shared message; copies it only if it is small and follows other bytes.</summary>
    public void Append(SegmentPool pool, PreparedMessage message)
    {
        var length = message.Frame.Length;
        if (length > CopyBelowBytes || _first is not { } first)
        {
            Link(pool.Refer(message));
            Length += length;
            return;
        }

        // A single small shared message that is not in flight is replaced by a copy, to which the new one is appended.
        if (first == _last && first.Message is { } alone && !first.IsInFlight && first.Length <= CopyBelowBytes)
        {
            _first = _last = null;
            Length = 0;
            Append(pool, alone.Frame.Span);
            pool.Return(first);
        }

        Append(pool, message.Frame.Span);
    }

    /// <summary>Fills in the vectors of the first segments for a gathered send.</summary>
    /// <returns>The number of vectors.</returns>
    public readonly int Gather(IoVector* vectors, int capacity)
    {
        var count = 0;
        for (var segment = _first; segment is not null && count < capacity; segment = segment.Next)
        {
            // GetSpan was called without a matching Advance.
            if (segment.Length == 0) continue;
            segment.IsInFlight = true;
            vectors[count].Base = segment.Memory + segment.Start;
            vectors[count].Length = (nuint)segment.Length;
            count++;
        }

        return count;
    }

    /// <summary>Returns the segments that the kernel has accepted in full to the pool.</summary>
    public void Advance(SegmentPool pool, int sent)
    {
        Length -= sent;
        while (sent > 0)
        {
            var segment = _first!;
            var length = Math.Min(sent, segment.Length);
            segment.Start += length;
            sent -= length;
            if (segment.Length > 0) return;
            _first = segment.Next;
            if (_first is null) _last = null;
            pool.Return(segment);
        }
    }

    /// <summary>Returns all segments to the pool. No send may be in flight.</summary>
    public void Clear(SegmentPool pool)
    {
        while (_first is { } segment)
        {
            _first = segment.Next;
            pool.Return(segment);
        }

        _last = null;
        Length = 0;
    }

    private OutboundSegment Link(OutboundSegment segment)
    {
        if (_last is null) _first = segment;
        else _last.Next = segment;
        return _last = segment;
    }
}

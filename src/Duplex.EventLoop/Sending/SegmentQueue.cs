using Duplex.EventLoop.Interop;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Sending;

/// <summary>What one connection has to send, in order. Two pointers and a count when it is empty.</summary>
internal unsafe struct SegmentQueue
{
    // Below this a shared message is copied behind what is already queued: cheaper than one more piece to gather.
    private const int CopyBelowBytes = 1024;

    private OutboundSegment? _first;
    private OutboundSegment? _last;

    public readonly bool IsEmpty => _first is null;

    /// <summary>Bytes queued and not yet taken.</summary>
    public int Length { get; private set; }

    /// <summary>Room for bytes that belong together; they count once <see cref="Advance(int)"/> is called.</summary>
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

    /// <summary>Copies bytes, many of them into several blocks.</summary>
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

    /// <summary>Queues a shared message, without copying it unless it is small and follows other bytes.</summary>
    public void Append(SegmentPool pool, PreparedMessage message)
    {
        var length = message.Frame.Length;
        if (length > CopyBelowBytes || _first is not { } first)
        {
            Link(pool.Refer(message));
            Length += length;
            return;
        }

        // A lone shared message that was not handed over yet makes room for a copy of both.
        if (first == _last && first.Message is { } alone && !first.IsInFlight && first.Length <= CopyBelowBytes)
        {
            _first = _last = null;
            Length = 0;
            Append(pool, alone.Frame.Span);
            pool.Return(first);
        }

        Append(pool, message.Frame.Span);
    }

    /// <summary>Names the first pieces for a gathered send.</summary>
    /// <returns>How many.</returns>
    public readonly int Gather(IoVector* vectors, int capacity)
    {
        var count = 0;
        for (var segment = _first; segment is not null && count < capacity; segment = segment.Next)
        {
            // Room that was asked for and not used.
            if (segment.Length == 0) continue;
            segment.IsInFlight = true;
            vectors[count].Base = segment.Memory + segment.Start;
            vectors[count].Length = (nuint)segment.Length;
            count++;
        }

        return count;
    }

    /// <summary>Gives back what the kernel has taken.</summary>
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

    /// <summary>Gives back everything. Nothing may be in the kernel's hands.</summary>
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

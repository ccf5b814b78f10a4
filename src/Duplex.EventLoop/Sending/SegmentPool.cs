using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Sending;

/// <summary>
/// The pool of a loop's send buffers, in blocks outside the garbage collector's heap. Only connections with bytes to
/// send rent blocks; the pool retains a bounded number for the next turn.
/// </summary>
internal sealed unsafe class SegmentPool : IDisposable
{
    /// <summary>The size in bytes of the largest block that the pool retains.</summary>
    public const int LargestBlock = 64 * 1024;

    // 1, 8 and 64 KiB; longer segments are allocated individually.
    private const int Sizes = 3;
    private const int StockBytesPerSize = 2 * 1024 * 1024;
    private const int StockOfReferences = 4096;

    private readonly Stack<OutboundSegment>[] _free = [new(), new(), new()];
    private readonly Stack<OutboundSegment> _references = new();

    /// <summary>The number of segments that connections hold; 0 when no bytes are queued.</summary>
    public int InUse { get; private set; }

    /// <summary>Rents a segment for bytes to copy, of the smallest size that fits, or at least the second size if it continues a queue.</summary>
    public OutboundSegment Rent(int length, bool continues)
    {
        InUse++;
        var size = length <= Bytes(0) && !continues ? 0 : 1;
        while (size < Sizes && Bytes(size) < length) size++;
        if (size < Sizes && _free[size].TryPop(out var segment)) return segment;
        var capacity = size < Sizes ? Bytes(size) : length;
        return new OutboundSegment { Memory = (byte*)NativeMemory.Alloc((nuint)capacity), Capacity = capacity };
    }

    /// <summary>Rents a segment that refers to a shared message, which it retains.</summary>
    public OutboundSegment Refer(PreparedMessage message)
    {
        InUse++;
        if (!_references.TryPop(out var segment)) segment = new OutboundSegment();
        message.Retain();
        var frame = message.Frame.Span;
        segment.Message = message;
        // A prepared message's memory never moves.
        segment.Memory = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(frame));
        segment.End = frame.Length;
        return segment;
    }

    public void Return(OutboundSegment segment)
    {
        InUse--;
        segment.Start = segment.End = 0;
        segment.Next = null;
        segment.IsInFlight = false;
        if (segment.Message is { } message)
        {
            segment.Message = null;
            segment.Memory = null;
            if (_references.Count < StockOfReferences) _references.Push(segment);
            message.Release();
            return;
        }

        var size = 0;
        while (size < Sizes && Bytes(size) < segment.Capacity) size++;
        if (size < Sizes && _free[size].Count * segment.Capacity < StockBytesPerSize) _free[size].Push(segment);
        else NativeMemory.Free(segment.Memory);
    }

    public void Dispose()
    {
        foreach (var free in _free)
        {
            while (free.TryPop(out var segment)) NativeMemory.Free(segment.Memory);
        }
    }

    private static int Bytes(int size) => 1024 << (3 * size);
}

using System.Runtime.InteropServices;
using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Uring;

/// <summary>
/// The message headers of gathered sends, which must not move until the kernel has consumed the submission and with it
/// copied them (IORING_FEAT_SUBMIT_STABLE).
/// </summary>
internal sealed unsafe class GatherMemory : IDisposable
{
    private const int Capacity = 256;

    private readonly MessageHeader* _headers = (MessageHeader*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(MessageHeader));
    private readonly IoVector* _vectors = (IoVector*)NativeMemory.Alloc(Capacity * BackEnd.MaxVectors, (nuint)sizeof(IoVector));
    private int _used;

    /// <summary>Copies the vectors into a header; returns false when no header is free.</summary>
    public bool TryTake(IoVector* vectors, int count, out MessageHeader* header)
    {
        header = null;
        if (_used == Capacity) return false;
        header = _headers + _used;
        var copy = _vectors + _used * BackEnd.MaxVectors;
        new ReadOnlySpan<IoVector>(vectors, count).CopyTo(new Span<IoVector>(copy, count));
        header->Vectors = copy;
        header->VectorCount = (nuint)count;
        _used++;
        return true;
    }

    /// <summary>Frees all headers. The kernel must have consumed every submission: <see cref="Ring.IsEmpty"/>.</summary>
    public void Reset() => _used = 0;

    public void Dispose()
    {
        NativeMemory.Free(_headers);
        NativeMemory.Free(_vectors);
    }
}

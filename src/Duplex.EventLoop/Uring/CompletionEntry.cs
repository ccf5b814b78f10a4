using System.Runtime.InteropServices;

namespace Duplex.EventLoop.Uring;

/// <summary><c>struct io_uring_cqe</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct CompletionEntry
{
    /// <summary>Flags: a provided buffer was used and its number stands in the upper half.</summary>
    private const uint HasBufferFlag = 1;

    /// <summary>Flags: the operation stays armed and completes again.</summary>
    private const uint HasMoreFlag = 2;

    /// <summary>Flags: the kernel goes on filling the same buffer.</summary>
    private const uint BufferContinuesFlag = 16;

    public readonly ulong UserData;
    public readonly int Result;
    private readonly uint _flags;

    public bool HasMore => (_flags & HasMoreFlag) != 0;

    public bool HasBuffer => (_flags & HasBufferFlag) != 0;

    public bool BufferContinues => (_flags & BufferContinuesFlag) != 0;

    public ushort BufferId => (ushort)(_flags >> 16);
}

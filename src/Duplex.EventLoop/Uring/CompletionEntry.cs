using System.Runtime.InteropServices;

namespace Duplex.EventLoop.Uring;

/// <summary><c>struct io_uring_cqe</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct CompletionEntry
{
    /// <summary>The flag for a completion that used a provided buffer, whose number is in the upper half of the flags.</summary>
    private const uint HasBufferFlag = 1;

    /// <summary>The flag for an operation that stays armed and completes again.</summary>
    private const uint HasMoreFlag = 2;

    /// <summary>The flag for a buffer that the kernel continues to fill.</summary>
    private const uint BufferContinuesFlag = 16;

    public readonly ulong UserData;
    public readonly int Result;
    private readonly uint _flags;

    public bool HasMore => (_flags & HasMoreFlag) != 0;

    public bool HasBuffer => (_flags & HasBufferFlag) != 0;

    public bool BufferContinues => (_flags & BufferContinuesFlag) != 0;

    public ushort BufferId => (ushort)(_flags >> 16);
}

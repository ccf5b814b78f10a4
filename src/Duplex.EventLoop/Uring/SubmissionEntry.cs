using System.Runtime.InteropServices;

namespace Duplex.EventLoop.Uring;

/// <summary><c>struct io_uring_sqe</c>, 64 bytes; unions have the name of the member used here.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct SubmissionEntry
{
    public UringOperation Operation;
    public byte Flags;

    /// <summary>The operation-specific flags (<c>ioprio</c>): multishot, for accept and receive.</summary>
    public ushort Modifiers;

    public int Fd;
    public ulong Offset;
    public ulong Address;
    public uint Length;

    /// <summary>Message flags, accept flags, poll events or cancel flags.</summary>
    public uint OperationFlags;

    public ulong UserData;

    /// <summary>The group of provided buffers that a receive uses.</summary>
    public ushort BufferGroup;
}

using System.Runtime.InteropServices;

namespace Duplex.EventLoop.Uring;

/// <summary><c>struct io_uring_sqe</c>, 64 bytes; unions carry the name of the member used here.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct SubmissionEntry
{
    public UringOperation Operation;
    public byte Flags;

    /// <summary>Flags of the operation's own: multishot, for accept and receive.</summary>
    public ushort Modifiers;

    public int Fd;
    public ulong Offset;
    public ulong Address;
    public uint Length;

    /// <summary>Message flags, accept flags, poll events or cancel flags.</summary>
    public uint OperationFlags;

    public ulong UserData;

    /// <summary>The buffer group that a receive takes its buffer from.</summary>
    public ushort BufferGroup;
}

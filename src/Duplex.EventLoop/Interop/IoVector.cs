using System.Runtime.InteropServices;

namespace Duplex.EventLoop.Interop;

/// <summary><c>struct iovec</c>: one buffer of a gathered send.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Length;
}

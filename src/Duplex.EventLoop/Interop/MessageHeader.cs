using System.Runtime.InteropServices;

namespace Duplex.EventLoop.Interop;

/// <summary><c>struct msghdr</c>: what <c>sendmsg</c> gathers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

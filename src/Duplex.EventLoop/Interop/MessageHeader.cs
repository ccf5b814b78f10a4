using System.Runtime.InteropServices;

namespace Duplex.EventLoop.Interop;

/// <summary><c>struct msghdr</c>: the argument of <c>sendmsg</c>, with the buffers to gather.</summary>
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

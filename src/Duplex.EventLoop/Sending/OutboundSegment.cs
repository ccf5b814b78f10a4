using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Sending;

/// <summary>
/// A segment of bytes to send, in its own memory or in that of a shared message. It is linked into the queue of one
/// connection; bytes may be appended after <see cref="End"/> while the kernel sends those before it.
/// </summary>
internal sealed unsafe class OutboundSegment
{
    public byte* Memory;
    public int Start;
    public int End;

    /// <summary>The size of its own memory in bytes; 0 for a shared message.</summary>
    public int Capacity;

    /// <summary>The shared message whose bytes the segment sends and to which it holds a reference; null for its own memory.</summary>
    public PreparedMessage? Message;

    /// <summary>Whether the bytes were passed to the kernel; then they must not move.</summary>
    public bool IsInFlight;

    public OutboundSegment? Next;

    public int Length => End - Start;
}

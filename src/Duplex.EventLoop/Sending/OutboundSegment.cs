using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Sending;

/// <summary>
/// A stretch of bytes waiting to be sent: in memory of its own, or those of a shared message. Linked into the
/// queue of one connection; bytes behind <see cref="End"/> may be added while those before are in the kernel's hands.
/// </summary>
internal sealed unsafe class OutboundSegment
{
    public byte* Memory;
    public int Start;
    public int End;

    /// <summary>Room in own memory; 0 for a shared message.</summary>
    public int Capacity;

    /// <summary>The message whose bytes these are, of which the segment holds a reference.</summary>
    public PreparedMessage? Message;

    /// <summary>Whether the kernel was given these bytes; then they stay where they are.</summary>
    public bool IsInFlight;

    public OutboundSegment? Next;

    public int Length => End - Start;
}

namespace Duplex.EventLoop.Transport;

/// <summary>One row of a back end's table of sockets.</summary>
internal struct SocketSlot
{
    /// <summary>Who is told; null in a free slot and after removal was completed.</summary>
    public ISocketEvents? Events;

    public int Fd;

    /// <summary>Counts the uses of the slot, so that a completion or event of an earlier use is recognised.</summary>
    public uint Generation;

    /// <summary>Operations for which the kernel still owes a last completion.</summary>
    public short Pending;

    public SlotFlags Flags;
}

/// <summary>What is going on with a socket.</summary>
[Flags]
internal enum SlotFlags : ushort
{
    None = 0,

    /// <summary>The holder wants what arrives.</summary>
    WantsReceive = 1,

    /// <summary>A receive is armed in the kernel, or the descriptor is registered for reading.</summary>
    Receiving = 2,

    /// <summary>A send is pending, or the descriptor is registered for writing.</summary>
    Sending = 4,

    /// <summary>One wait for readability is armed.</summary>
    Waiting = 8,

    /// <summary>Accepting is armed.</summary>
    Accepting = 16,

    /// <summary>The holder has let go; the slot is freed when nothing is pending.</summary>
    Removed = 32,

    /// <summary>Known to epoll.</summary>
    Registered = 64,

    /// <summary>epoll reports readability.</summary>
    WatchedForInput = 128,

    /// <summary>epoll reports room to send.</summary>
    WatchedForOutput = 256,
}

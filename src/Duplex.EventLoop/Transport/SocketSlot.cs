namespace Duplex.EventLoop.Transport;

/// <summary>A slot in a back end's table of sockets.</summary>
internal struct SocketSlot
{
    /// <summary>The holder that receives the events; null in a free slot.</summary>
    public ISocketEvents? Events;

    public int Fd;

    /// <summary>The number of earlier uses of the slot, by which completions and events of an earlier use are recognized.</summary>
    public uint Generation;

    /// <summary>The number of operations whose last completion is outstanding.</summary>
    public short Pending;

    public SlotFlags Flags;
}

/// <summary>The state of a socket.</summary>
[Flags]
internal enum SlotFlags : ushort
{
    None = 0,

    /// <summary>The holder has started receiving.</summary>
    WantsReceive = 1,

    /// <summary>A receive is armed in the kernel, or the descriptor is registered for reading.</summary>
    Receiving = 2,

    /// <summary>A send is pending, or the descriptor is registered for writing.</summary>
    Sending = 4,

    /// <summary>One wait for readability is armed.</summary>
    Waiting = 8,

    /// <summary>Accepting is armed.</summary>
    Accepting = 16,

    /// <summary>The holder has removed the socket; the slot is freed when no operation is pending.</summary>
    Removed = 32,

    /// <summary>The descriptor is registered with epoll.</summary>
    Registered = 64,

    /// <summary>epoll reports readability.</summary>
    WatchedForInput = 128,

    /// <summary>epoll reports writability.</summary>
    WatchedForOutput = 256,
}

namespace Duplex.EventLoop.Hosting;

/// <summary>What the loops use to talk to the kernel.</summary>
public enum EventLoopBackEnd
{
    /// <summary>The best that the system offers: io_uring, else epoll, else Kestrel alone.</summary>
    Automatic,

    /// <summary>io_uring, Linux 6.1 or newer; starting fails where it is missing or forbidden.</summary>
    IoUring,

    /// <summary>epoll, any Linux; starting fails where it is forbidden.</summary>
    Epoll,

    /// <summary>No loops: Kestrel serves everything.</summary>
    None,
}

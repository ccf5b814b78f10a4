namespace Duplex.EventLoop.Hosting;

/// <summary>The kernel interface that event loops use for socket I/O.</summary>
public enum EventLoopBackEnd
{
    /// <summary>The best available back end: io_uring, else epoll, else Kestrel alone.</summary>
    Automatic,

    /// <summary>io_uring, on Linux 6.1 or newer; startup fails where it is missing or forbidden.</summary>
    IoUring,

    /// <summary>epoll, on any Linux; startup fails where it is forbidden.</summary>
    Epoll,

    /// <summary>No event loops; Kestrel serves every connection.</summary>
    None,
}

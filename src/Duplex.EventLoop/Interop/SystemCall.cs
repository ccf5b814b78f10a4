namespace Duplex.EventLoop.Interop;

/// <summary>The system calls into which a test can inject failures; see <see cref="SystemCallFaults"/>.</summary>
internal enum SystemCall
{
    Receive,
    Send,
    Accept,
    Duplicate,
    EpollControl,
    EpollWait,
    UringEnter,

    /// <summary>A receive submitted to a ring. The members after it are the ring's send, accept and poll operations.</summary>
    UringReceive,
    UringSend,
    UringAccept,
    UringPoll,
}

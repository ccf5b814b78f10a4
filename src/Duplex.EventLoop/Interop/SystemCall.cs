namespace Duplex.EventLoop.Interop;

/// <summary>The calls that a test may make fail; see <see cref="SystemCallFaults"/>.</summary>
internal enum SystemCall
{
    Receive,
    Send,
    Accept,
    Duplicate,
    EpollControl,
    EpollWait,
    UringEnter,

    /// <summary>An operation that is submitted to a ring: receive, send, accept, wait for readability.</summary>
    UringReceive,
    UringSend,
    UringAccept,
    UringPoll,
}

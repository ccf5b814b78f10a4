namespace Duplex.EventLoop.Uring;

/// <summary>The operation codes of io_uring (<c>IORING_OP_*</c>).</summary>
internal enum UringOperation : byte
{
    Nothing = 0,
    PollAdd = 6,
    SendMessage = 9,
    Accept = 13,
    AsyncCancel = 14,
    Read = 22,
    Send = 26,
    Receive = 27,
}

namespace Duplex.EventLoop.Interop;

/// <summary>Flags and options of the socket calls.</summary>
internal static class SocketConstants
{
    public const int UnixDomain = 1;
    public const int StreamType = 1;

    /// <summary>SOCK_NONBLOCK and SOCK_CLOEXEC, the flags of accept4.</summary>
    public const int AcceptFlags = 0x800 | 0x80000;

    public const int MessagePeek = 0x2;
    public const int MessageDontWait = 0x40;
    public const int MessageNoSignal = 0x4000;

    public const int ShutdownSend = 1;
    public const int ShutdownBoth = 2;

    public const int SocketLevel = 1;
    public const int OptionLinger = 13;
    public const int OptionReceiveLowWater = 18;

    public const int GetFlags = 3;
    public const int SetFlags = 4;

    /// <summary>F_DUPFD_CLOEXEC.</summary>
    public const int DuplicateCloseOnExec = 1030;

    public const int NonBlocking = 0x800;
}

using System.Runtime.InteropServices;

namespace Duplex.EventLoop.Interop;

/// <summary>
/// The system calls of the loops. Calls that return at once without network I/O suppress the runtime's GC transition;
/// calls that may block or copy much do not, because a garbage collection would wait for them.
/// </summary>
internal static unsafe partial class LibC
{
    // The numbers are the same on every architecture, because the calls were added after the tables were unified.
    private const nint IoUringSetupCall = 425;
    private const nint IoUringEnterCall = 426;
    private const nint IoUringRegisterCall = 427;

    /// <summary>The errno of the last failed call on this thread.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    public static int IoUringSetup(uint entries, void* parameters) =>
        (int)Syscall(IoUringSetupCall, (nint)entries, (nint)parameters, 0, 0, 0, 0);

    public static int IoUringEnter(int fd, uint submit, uint wait, uint flags)
    {
        if (SystemCallFaults.AreInjected && SystemCallFaults.Current is { } faults)
        {
            if (Fails(faults, SystemCall.UringEnter, fd)) return -1;
            submit = (uint)faults.Shorten(SystemCall.UringEnter, fd, (nint)submit);
        }

        return (int)Syscall(IoUringEnterCall, fd, (nint)submit, (nint)wait, (nint)flags, 0, 0);
    }

    public static int IoUringRegister(int fd, uint operation, void* argument, uint count) =>
        (int)Syscall(IoUringRegisterCall, fd, (nint)operation, (nint)argument, (nint)count, 0, 0);

    public static nint Receive(int fd, byte* buffer, nint length, int flags) =>
        Fails(SystemCall.Receive, fd) ? -1 : ReceiveCall(fd, buffer, length, flags);

    public static nint Send(int fd, byte* buffer, nint length, int flags)
    {
        if (SystemCallFaults.AreInjected && SystemCallFaults.Current is { } faults)
        {
            if (Fails(faults, SystemCall.Send, fd)) return -1;
            length = faults.Shorten(SystemCall.Send, fd, length);
        }

        return SendCall(fd, buffer, length, flags);
    }

    public static nint SendMessage(int fd, MessageHeader* message, int flags)
    {
        if (SystemCallFaults.AreInjected && SystemCallFaults.Current is { } faults)
        {
            if (Fails(faults, SystemCall.Send, fd)) return -1;
            var first = message->Vectors->Length;
            var shortened = faults.Shorten(SystemCall.Send, fd, (nint)first);
            if (shortened < (nint)first) return SendCall(fd, message->Vectors->Base, shortened, flags);
        }

        return SendMessageCall(fd, message, flags);
    }

    public static int Accept(int fd, void* address, int* addressLength, int flags) =>
        Fails(SystemCall.Accept, fd) ? -1 : AcceptCall(fd, address, addressLength, flags);

    /// <summary>Duplicates a descriptor; the duplicate is closed on exec.</summary>
    public static int Duplicate(int fd) =>
        Fails(SystemCall.Duplicate, fd) ? -1 : FileControl(fd, SocketConstants.DuplicateCloseOnExec, 0);

    public static int EpollControl(int epoll, int operation, int fd, void* @event) =>
        Fails(SystemCall.EpollControl, fd) ? -1 : EpollControlCall(epoll, operation, fd, @event);

    public static int EpollWait(int epoll, void* events, int maxEvents, int timeoutMilliseconds) =>
        Fails(SystemCall.EpollWait, epoll) ? -1 : EpollWaitCall(epoll, events, maxEvents, timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial void* Map(void* address, nint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial void Unmap(void* address, nint length);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int fd, void* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int fd, void* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial void Close(int fd);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    public static partial void Shutdown(int fd, int how);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int fd, int level, int option, void* value, int length);

    [LibraryImport("libc", EntryPoint = "getpeername", SetLastError = true)]
    public static partial int GetPeerName(int fd, byte* address, int* addressLength);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    public static partial int SocketPair(int domain, int type, int protocol, int* pair);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int FileControl(int fd, int command, nint argument);

    /// <summary>Reads a resource limit into a <c>struct rlimit</c>: the soft limit, then the hard limit.</summary>
    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetLimit(int resource, ulong* limits);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint ReceiveCall(int fd, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint SendCall(int fd, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessageCall(int fd, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    private static partial int AcceptCall(int fd, void* address, int* addressLength, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true), SuppressGCTransition]
    private static partial int EpollControlCall(int epoll, int operation, int fd, void* @event);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int EpollWaitCall(int epoll, void* events, int maxEvents, int timeoutMilliseconds);

    private static bool Fails(SystemCall call, int fd) =>
        SystemCallFaults.AreInjected && SystemCallFaults.Current is { } faults && Fails(faults, call, fd);

    private static bool Fails(SystemCallFaults faults, SystemCall call, int fd)
    {
        var error = faults.Fail(call, fd);
        if (error != 0) Marshal.SetLastPInvokeError(error);
        return error != 0;
    }
}

using System.Runtime.InteropServices;

namespace LoadTool.Sockets;

/// <summary>System calls of the generator. Non-blocking calls skip the GC transition, because they return in microseconds.</summary>
internal static unsafe partial class Libc
{
    public const int EpollIn = 1, EpollOut = 4, Again = 11, InProgress = 115, Interrupted = 4;

    public const int MessageNoSignal = 0x4000;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, EpollEvent* value);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, EpollEvent* events, int capacity, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true), SuppressGCTransition]
    public static partial nint Receive(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true), SuppressGCTransition]
    public static partial nint Send(int descriptor, byte* buffer, nint length, int flags);

    /// <summary>Layout of struct epoll_event, which x86-64 packs and arm64 does not.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct EpollEvent
    {
        public uint Events;
        public int Data;
        public int High;
    }
}

using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Polling;
using Duplex.EventLoop.Probing;
using Duplex.EventLoop.Transport;
using Duplex.EventLoop.Uring;

namespace Duplex.EventLoop.Tests;

/// <summary>Both back ends, for theories; io_uring is skipped where the system refuses it.</summary>
public static class BackEnds
{
    private static readonly string? UringRefusal = UringProbe.Refusal();

    public static TheoryData<EventLoopBackEnd> All => [EventLoopBackEnd.IoUring, EventLoopBackEnd.Epoll];

    internal static BackEnd Create(EventLoopBackEnd kind)
    {
        SkipIfRefused(kind);
        return kind == EventLoopBackEnd.IoUring ? new UringBackEnd() : new EpollBackEnd();
    }

    internal static void SkipIfRefused(EventLoopBackEnd kind) =>
        Assert.SkipWhen(kind == EventLoopBackEnd.IoUring && UringRefusal is not null, $"io_uring: {UringRefusal}");
}

using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Polling;
using Duplex.EventLoop.Transport;
using Duplex.EventLoop.Uring;

namespace Duplex.EventLoop.Probing;

/// <summary>A back end that can be selected.</summary>
internal sealed record Candidate(string Name, Func<BackEnd> Create)
{
    private static readonly Candidate Uring = new("io_uring", static () => new UringBackEnd());
    private static readonly Candidate Epoll = new("epoll", static () => new EpollBackEnd());

    /// <summary>Returns the back ends that the option permits, the best first.</summary>
    public static IReadOnlyList<Candidate> For(EventLoopBackEnd option) => option switch
    {
        EventLoopBackEnd.Automatic => [Uring, Epoll],
        EventLoopBackEnd.IoUring => [Uring],
        EventLoopBackEnd.Epoll => [Epoll],
        _ => [],
    };
}

using Duplex.EventLoop.Uring;

namespace Duplex.EventLoop.Probing;

/// <summary>Tests whether io_uring is available, including multishot receive from a buffer ring.</summary>
internal static class UringProbe
{
    /// <summary>Returns the reason why io_uring is not available; null when it is.</summary>
    public static string? Refusal() => BackEndProbe.Refusal(static () => new UringBackEnd());
}

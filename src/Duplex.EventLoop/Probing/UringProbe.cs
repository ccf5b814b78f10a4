using Duplex.EventLoop.Uring;

namespace Duplex.EventLoop.Probing;

/// <summary>Whether io_uring can be had here, multishot receive from a buffer ring included.</summary>
internal static class UringProbe
{
    /// <summary>Why io_uring cannot be used; null when it can.</summary>
    public static string? Refusal() => BackEndProbe.Refusal(static () => new UringBackEnd());
}

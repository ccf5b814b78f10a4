using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Loops;

/// <summary>The log entries of event loops, event ids 1100 to 1108.</summary>
internal static partial class LoopLog
{
    [LoggerMessage(1100, LogLevel.Error, "Work on loop {Loop} failed.")]
    public static partial void LoopWorkFailed(this ILogger logger, int loop, Exception exception);

    [LoggerMessage(1101, LogLevel.Critical, "Loop {Loop} has lost its back end and its connections: the host is stopped.")]
    public static partial void LoopFailed(this ILogger logger, int loop, Exception exception);

    [LoggerMessage(1102, LogLevel.Warning, "A handler has held loop {Loop} for more than {Milliseconds} ms: every other connection of the loop waits for it.")]
    public static partial void LoopHeld(this ILogger logger, int loop, long milliseconds);

    [LoggerMessage(1103, LogLevel.Warning, "Accepting connections failed with errno {Error}: the loop tries again in {Delay}.")]
    public static partial void AcceptFailed(this ILogger logger, int error, TimeSpan delay);

    [LoggerMessage(1104, LogLevel.Warning, "Accepting connections failed with errno {Error}: the process has too many open files. Raise `ulimit -n` (LimitNOFILE of a systemd unit). The loop tries again in {Delay} ({HeldBack} more since the last entry).")]
    public static partial void TooManyFiles(this ILogger logger, int error, TimeSpan delay, long heldBack);

    [LoggerMessage(1105, LogLevel.Warning, "A connection was closed without an answer: {Count} are open, as many as KestrelServerOptions.Limits.MaxConcurrentConnections and the limit of open files allow. Raise `ulimit -n` (LimitNOFILE of a systemd unit) for more ({HeldBack} more since the last entry).")]
    public static partial void TooManyConnections(this ILogger logger, long count, long heldBack);

    [LoggerMessage(1106, LogLevel.Information, "WebSockets run on {Count} event loops over {BackEnd}.")]
    public static partial void LoopsStarted(this ILogger logger, int count, string backEnd);

    [LoggerMessage(1107, LogLevel.Information, "WebSockets run on {Count} event loops over {BackEnd}; not on {Reasons}")]
    public static partial void LoopsFellBack(this ILogger logger, int count, string backEnd, string reasons);

    [LoggerMessage(1108, LogLevel.Information, "WebSockets run on Kestrel alone: {Reason}")]
    public static partial void KestrelAlone(this ILogger logger, string reason);
}

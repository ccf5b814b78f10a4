using Duplex.WebSockets.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Hosting;

/// <summary>
/// Logs why requests are refused: each at Debug, and one a minute at Information, so that the question "why 403?" can be
/// answered from a log that nobody can fill. Safe from any thread.
/// </summary>
internal sealed partial class RequestRefusalLog(ILogger logger, TimeProvider time)
{
    private readonly LogLimiter _limiter = new(time);

    /// <param name="what">What was asked for, in words of ours.</param>
    /// <param name="reason">Why it was refused; what it quotes of the peer has passed <see cref="LogText"/>.</param>
    public void Write(string what, string reason)
    {
        if (_limiter.TryTake(out var heldBack)) LogRefused(what, reason, heldBack);
        else LogOneMore(what, reason);
    }

    [LoggerMessage(1, LogLevel.Information, "{What} was refused: {Reason} ({HeldBack} more were refused since the last such entry)")]
    private partial void LogRefused(string what, string reason, long heldBack);

    [LoggerMessage(2, LogLevel.Debug, "{What} was refused: {Reason}")]
    private partial void LogOneMore(string what, string reason);
}

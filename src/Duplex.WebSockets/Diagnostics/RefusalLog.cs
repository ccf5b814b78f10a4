using System.Collections.Concurrent;
using System.Net;
using Duplex.Execution;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Diagnostics;

/// <summary>
/// Logs every refused handshake of every host: the first of each kind in a minute at Information, with the number of
/// refusals since the last such entry, and the others at Debug. Safe from any thread.
/// </summary>
/// <param name="logger">The logger.</param>
/// <param name="time">The clock.</param>
internal sealed partial class RefusalLog(ILogger logger, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LogLimiter> _kinds = new();
    private readonly ILogger _logger = GuardedLogger.Of(logger);

    /// <summary>Logs and counts one refusal.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="remote">The peer's address, or null when it is no longer available.</param>
    /// <param name="path">The requested path; empty when the request was not read so far.</param>
    /// <param name="origin">The Origin field, or null.</param>
    /// <param name="host">The Host field, or null.</param>
    public void Refused(UpgradeRefusal refusal, EndPoint? remote, string path, string? origin, string? host)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ConnectionMetrics.Refused(refusal.Status, _logger);
        var level = _kinds.GetOrAdd(refusal.Reason, static (_, clock) => new LogLimiter(clock), time).TryTake(out var heldBack)
            ? LogLevel.Information
            : LogLevel.Debug;
        if (!_logger.IsEnabled(level)) return;
        HandshakeRefused(
            _logger, level, remote, LogText.Of(path), refusal.Status, refusal.Reason, refusal.Advice, LogText.Of(origin ?? "none"), LogText.Of(host ?? "none"), heldBack);
    }

    [LoggerMessage(EventId = 1004, Message = "The WebSocket handshake of {RemoteAddress} for '{Path}' was refused with {Status}: {Reason} {Advice} (Origin: {Origin}, Host: {Host}; {HeldBack} more since the last entry of this kind).")]
    private static partial void HandshakeRefused(
        ILogger logger, LogLevel level, EndPoint? remoteAddress, string path, int status, string reason, string advice, string origin, string host, long heldBack);
}

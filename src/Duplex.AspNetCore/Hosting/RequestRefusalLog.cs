using System.Collections.Concurrent;
using Duplex.Execution;
using Duplex.WebSockets.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Hosting;

/// <summary>
/// Logs every refused HTTP request: the first of each kind and status in a minute at Information, with the number of refusals
/// since the last such entry, and the others at Debug. Event ids 1310 to 1319. Safe from any thread.
/// </summary>
internal sealed partial class RequestRefusalLog(ILogger logger, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Request, int Status), LogLimiter> _kinds = new();

    /// <summary>Logs a refusal.</summary>
    /// <param name="request">The kind of the request, a constant text.</param>
    /// <param name="context">The request.</param>
    /// <param name="status">The status of the response.</param>
    /// <param name="reason">The fault and its remedy, as one sentence; text of the peer in it is escaped by <see cref="LogText"/>.</param>
    public void Refused(string request, HttpContext context, int status, string reason)
    {
        var limiter = _kinds.GetOrAdd((request, status), static (_, clock) => new LogLimiter(clock), time);
        var level = limiter.TryTake(out var heldBack) ? LogLevel.Information : LogLevel.Debug;
        if (!logger.IsEnabled(level)) return;
        var path = context.Request.PathBase.Add(context.Request.Path).Value;
        RequestRefused(logger, level, request, context.Connection.RemoteIpAddress?.ToString() ?? "unknown", LogText.Of(path), status, reason, heldBack);
    }

    [LoggerMessage(EventId = 1310, Message = "{Request} from {RemoteAddress} for '{Path}' was refused with {Status}: {Reason} ({HeldBack} more since the last entry of this kind).")]
    private static partial void RequestRefused(
        ILogger logger, LogLevel level, string request, string remoteAddress, string path, int status, string reason, long heldBack);
}

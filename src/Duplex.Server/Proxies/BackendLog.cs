using Duplex.WebSockets.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Proxies;

/// <summary>
/// Logs when a backend fails and when it responds again, with the number of failed requests in between. Clients cause
/// requests at will, so entries are rate-limited. Event ids 1400 to 1409. Safe from any thread.
/// </summary>
internal sealed partial class BackendLog(ILogger logger, Uri endpoint, TimeProvider time)
{
    private readonly LogLimiter _failures = new(time);
    private readonly LogLimiter _answers = new(time);
    private readonly LogLimiter _payloads = new(time);
    private long _failed;

    /// <summary>Reports a failed request: the backend refused the connection, timed out or responded with an error status.</summary>
    public void Failed(string reason)
    {
        Interlocked.Increment(ref _failed);
        if (_failures.TryTake(out var others)) BackendFailed(logger, endpoint, reason, others);
    }

    /// <summary>Reports a request with a response.</summary>
    public void Answered()
    {
        // The counter is read on every request but written only after failures.
        if (Volatile.Read(ref _failed) != 0 && Interlocked.Exchange(ref _failed, 0) is > 0 and var failed) BackendAnswersAgain(logger, endpoint, failed);
    }

    /// <summary>Reports a response that is not the expected JSON.</summary>
    public void Unusable(string reason)
    {
        if (_answers.TryTake(out var others)) BackendAnswerInvalid(logger, endpoint, reason, others);
    }

    /// <summary>Reports a request that was not sent, because it cannot carry the client's payload.</summary>
    public void NotSent(string reason)
    {
        if (_payloads.TryTake(out var others)) BackendNotAsked(logger, endpoint, reason, others);
    }

    [LoggerMessage(1400, LogLevel.Error, "The backend at {Endpoint} did not answer: {Reason} ({HeldBack} more requests failed since the last entry).")]
    private static partial void BackendFailed(ILogger logger, Uri endpoint, string reason, long heldBack);

    [LoggerMessage(1401, LogLevel.Information, "The backend at {Endpoint} answers again after {Failed} failed requests.")]
    private static partial void BackendAnswersAgain(ILogger logger, Uri endpoint, long failed);

    [LoggerMessage(1402, LogLevel.Error, "The backend at {Endpoint} returned an invalid answer: {Reason} ({HeldBack} more since the last entry).")]
    private static partial void BackendAnswerInvalid(ILogger logger, Uri endpoint, string reason, long heldBack);

    [LoggerMessage(1403, LogLevel.Warning, "A request to the backend at {Endpoint} was not sent: {Reason} ({HeldBack} more since the last entry).")]
    private static partial void BackendNotAsked(ILogger logger, Uri endpoint, string reason, long heldBack);
}

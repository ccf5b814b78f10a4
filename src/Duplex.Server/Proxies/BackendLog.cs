using Duplex.WebSockets.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Proxies;

/// <summary>
/// What is logged about one backend: that it fails and that it answers again, with the number of questions in between. A
/// client can ask as often as it likes, so that no question has an entry of its own. Safe from any thread.
/// </summary>
internal sealed partial class BackendLog(ILogger logger, Uri endpoint, TimeProvider time)
{
    private readonly LogLimiter _failures = new(time);
    private readonly LogLimiter _answers = new(time);
    private readonly LogLimiter _payloads = new(time);
    private long _failed;

    /// <summary>A question got no answer: nobody listens, the answer is late, or its status means failure.</summary>
    public void Failed(string reason)
    {
        Interlocked.Increment(ref _failed);
        if (_failures.TryTake(out var others)) LogFailed(logger, endpoint, reason, others);
    }

    /// <summary>A question got an answer.</summary>
    public void Answered()
    {
        // Read on every question, written after failures alone.
        if (Volatile.Read(ref _failed) != 0 && Interlocked.Exchange(ref _failed, 0) is > 0 and var failed) LogAnswersAgain(logger, endpoint, failed);
    }

    /// <summary>A question got an answer that is not as agreed.</summary>
    public void Unusable(string reason)
    {
        if (_answers.TryTake(out var others)) LogUnusable(logger, endpoint, reason, others);
    }

    /// <summary>A question was not asked, because a client's payload cannot be part of it.</summary>
    public void NotAsked(string reason)
    {
        if (_payloads.TryTake(out var others)) LogNotAsked(logger, endpoint, reason, others);
    }

    [LoggerMessage(1, LogLevel.Error, "The backend at {Endpoint} was asked in vain: {Reason} ({Others} questions failed since the last entry)")]
    private static partial void LogFailed(ILogger logger, Uri endpoint, string reason, long others);

    [LoggerMessage(2, LogLevel.Information, "The backend at {Endpoint} answers again, after {Failed} questions that failed")]
    private static partial void LogAnswersAgain(ILogger logger, Uri endpoint, long failed);

    [LoggerMessage(3, LogLevel.Error, "The backend at {Endpoint} gave an answer that cannot be used: {Reason} ({Others} more since the last entry)")]
    private static partial void LogUnusable(ILogger logger, Uri endpoint, string reason, long others);

    [LoggerMessage(4, LogLevel.Warning, "The backend at {Endpoint} was not asked: {Reason} ({Others} more since the last entry)")]
    private static partial void LogNotAsked(ILogger logger, Uri endpoint, string reason, long others);
}

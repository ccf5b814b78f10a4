using Duplex.Messaging.Tokens;
using Duplex.WebSockets.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Tokens;

/// <summary>
/// Explains why tokens are not accepted: each at Debug, and of each status one a minute at Information. What an identity
/// provider's keys do is logged when it changes. Safe from any thread.
/// </summary>
internal sealed partial class TokenLog(ILogger<TokenVerifier> logger, TimeProvider time)
{
    private readonly LogLimiter _invalid = new(time);
    private readonly LogLimiter _expired = new(time);

    public void Refused(string kind, TokenFault fault)
    {
        // That keys are missing is said once, by those who fetch them.
        if (fault.Status != TokenStatus.Unavailable && (fault.Status == TokenStatus.Expired ? _expired : _invalid).TryTake(out var heldBack)) LogRefused(kind, fault.Reason, heldBack);
        else LogOneMore(kind, fault.Reason);
    }

    [LoggerMessage(3, LogLevel.Warning, "The keys at {Endpoint} cannot be fetched: {Reason} Keys that are known stay in use.")]
    public partial void KeysFailed(Uri endpoint, string reason);

    [LoggerMessage(4, LogLevel.Information, "The keys at {Endpoint} are fetched again")]
    public partial void KeysReturned(Uri endpoint);

    [LoggerMessage(1, LogLevel.Information, "A {Kind} token was refused: {Reason} ({HeldBack} more were refused since the last such entry)")]
    private partial void LogRefused(string kind, string reason, long heldBack);

    [LoggerMessage(2, LogLevel.Debug, "A {Kind} token was refused: {Reason}")]
    private partial void LogOneMore(string kind, string reason);
}

using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Logs when an identity provider's keys cannot be fetched, and when they can again. Event ids 1320 to 1339. Safe from any thread.</summary>
internal sealed partial class TokenLog(ILogger<TokenVerifier> logger)
{
    [LoggerMessage(1320, LogLevel.Warning, "The keys at {Endpoint} cannot be fetched: {Reason} Keys fetched before stay in use.")]
    public partial void KeysFailed(Uri endpoint, string reason);

    [LoggerMessage(1321, LogLevel.Information, "The keys at {Endpoint} are fetched again.")]
    public partial void KeysReturned(Uri endpoint);
}

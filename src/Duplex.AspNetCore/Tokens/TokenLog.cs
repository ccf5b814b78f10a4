using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Logs the first failure to fetch an identity provider's keys, and the next success. Event ids 1320 to 1339. Safe from any thread.</summary>
internal sealed partial class TokenLog(ILogger<TokenVerifier> logger)
{
    [LoggerMessage(1320, LogLevel.Warning, "The keys at {Endpoint} cannot be fetched: {Reason} Keys that were fetched before remain in use.")]
    public partial void KeysFailed(Uri endpoint, string reason);

    [LoggerMessage(1321, LogLevel.Information, "The keys at {Endpoint} can be fetched again.")]
    public partial void KeysReturned(Uri endpoint);
}

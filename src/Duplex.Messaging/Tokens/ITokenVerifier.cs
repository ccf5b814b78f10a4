namespace Duplex.Messaging.Tokens;

/// <summary>Checks the tokens that clients show. Safe from any thread.</summary>
public interface ITokenVerifier
{
    /// <summary>Checks a connection token.</summary>
    ValueTask<TokenVerdict<ConnectionToken>> VerifyConnectionAsync(string token, CancellationToken cancellationToken);

    /// <summary>Checks a subscription token; whether it fits the client and channel is for the hub to compare.</summary>
    ValueTask<TokenVerdict<SubscriptionToken>> VerifySubscriptionAsync(string token, CancellationToken cancellationToken);
}

namespace Duplex.Messaging.Tokens;

/// <summary>Verifies the tokens of clients. Safe from any thread. The hub passes a cancellation token that is cancelled when the client leaves.</summary>
public interface ITokenVerifier
{
    /// <summary>Verifies a connection token.</summary>
    ValueTask<TokenVerdict<ConnectionToken>> VerifyConnectionAsync(string token, CancellationToken cancellationToken = default);

    /// <summary>Verifies a subscription token; the hub compares it with the client and the channel.</summary>
    ValueTask<TokenVerdict<SubscriptionToken>> VerifySubscriptionAsync(string token, CancellationToken cancellationToken = default);
}

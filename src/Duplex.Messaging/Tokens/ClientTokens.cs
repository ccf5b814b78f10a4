using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Tokens;

/// <summary>Verifies the tokens of clients and maps faults to errors and disconnects. Called on the client's shard.</summary>
internal sealed class ClientTokens(ITokenVerifier? tokenVerifier, HubOptions hubOptions)
{
    /// <summary>Whether a verifier is registered.</summary>
    public bool AreVerified => tokenVerifier is not null;

    /// <summary>Verifies a connection token. An expired one returns <see cref="ClientErrors.TokenExpired"/>.</summary>
    public async ValueTask<Outcome<ConnectionToken>> VerifyConnectionAsync(Client client, string token)
    {
        if (tokenVerifier is null) return Disconnects.InvalidToken.Because("The client sent a token, and the server verifies none: call AddTokens.", true);
        var verdict = await tokenVerifier.VerifyConnectionAsync(token, client.Disconnected).OnShard(client.Shard);
        if (verdict.Status == TokenStatus.Expired) return ClientErrors.TokenExpired.Because(verdict.Explain());
        if (verdict.Status == TokenStatus.Unavailable) return Disconnects.InternalError.Because(verdict.Explain());
        if (verdict.Token is { } verified) return verified;
        return Disconnects.InvalidToken.Because(verdict.Explain(), true);
    }

    /// <summary>Verifies a subscription token and returns its settings. An expired one returns <see cref="ClientErrors.TokenExpired"/>.</summary>
    public async ValueTask<Outcome<SubscriptionSettings>> VerifySubscriptionAsync(Client client, string channel, string token)
    {
        if (tokenVerifier is null) return ClientErrors.PermissionDenied.Because("The client sent a token, and the server verifies none: call AddTokens.", true);
        var verdict = await tokenVerifier.VerifySubscriptionAsync(token, client.Disconnected).OnShard(client.Shard);
        if (verdict.Status == TokenStatus.Expired) return ClientErrors.TokenExpired.Because(verdict.Explain());
        if (verdict.Status == TokenStatus.Unavailable) return Disconnects.InternalError.Because(verdict.Explain());
        if (verdict.Token is not { } verified) return ClientErrors.PermissionDenied.Because(verdict.Explain(), true);
        if (verified.Channel != channel || verified.User != client.TokenUser || (verified.Client.Length > 0 && verified.Client != client.Id))
        {
            return Disconnects.InvalidToken.Because("The subscription token names another channel, user or client.", true);
        }

        return new SubscriptionSettings
        {
            Info = verified.Info,
            Data = verified.Data,
            ExpiresAt = verified.ExpiresAt,
            Overrides = verified.Overrides,
            IsRefreshedByClient = verified.ExpiresAt is not null,
        };
    }

    /// <summary>Returns the expiry that a token sets for the connection; null: it does not expire.</summary>
    public DateTimeOffset? ExpiryOf(ConnectionToken token) => hubOptions.IsInsecure ? null : token.ExpiresAt;
}

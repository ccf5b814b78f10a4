using System.Text.Json;
using Duplex.Messaging.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>
/// Checks JSON Web Tokens (RFC 7519): signature, times, audience, issuer, and what the claims say. Safe from any thread.
/// </summary>
/// <remarks>When the keys of an identity provider are needed and cannot be fetched, the methods throw <see cref="HttpRequestException"/>: the token is then neither good nor bad.</remarks>
public sealed class TokenVerifier : ITokenVerifier
{
    private readonly TokenChecker _connections;
    private readonly TokenChecker _subscriptions;

    /// <summary>Makes a verifier.</summary>
    /// <param name="connectionTokens">What makes connection tokens genuine.</param>
    /// <param name="subscriptionTokens">What makes subscription tokens genuine; null: the same.</param>
    /// <param name="time">The clock that expiry is measured with.</param>
    /// <param name="http">Fetches the keys of identity providers.</param>
    public TokenVerifier(TokenOptions connectionTokens, TokenOptions? subscriptionTokens, TimeProvider time, HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(connectionTokens);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(http);
        _connections = new TokenChecker(connectionTokens, time, http);
        _subscriptions = subscriptionTokens is null ? _connections : new TokenChecker(subscriptionTokens, time, http);
    }

    /// <summary>Whether tokens are taken without a look at their signatures.</summary>
    internal bool IsInsecure => _connections.IsInsecure || _subscriptions.IsInsecure;

    /// <inheritdoc/>
    public ValueTask<TokenVerdict<ConnectionToken>> VerifyConnectionAsync(string token, CancellationToken cancellationToken) =>
        VerifyAsync(_connections, token, TokenClaims.ReadConnection, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TokenVerdict<SubscriptionToken>> VerifySubscriptionAsync(string token, CancellationToken cancellationToken) =>
        VerifyAsync(_subscriptions, token, TokenClaims.ReadSubscription, cancellationToken);

    private static async ValueTask<TokenVerdict<TToken>> VerifyAsync<TToken>(
        TokenChecker checker, string token, Func<JsonElement, string, TToken?> read, CancellationToken cancellationToken)
        where TToken : class
    {
        ArgumentNullException.ThrowIfNull(token);
        var (status, claims) = await checker.CheckAsync(token, cancellationToken).ConfigureAwait(false);
        if (status != TokenStatus.Valid) return new TokenVerdict<TToken>(status);

        return read(claims, checker.UserIdClaim) is { } valid
            ? new TokenVerdict<TToken>(TokenStatus.Valid, valid)
            : new TokenVerdict<TToken>(TokenStatus.Invalid);
    }
}

using System.Text.Json;
using Duplex.Messaging.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.AspNetCore.Tokens;

/// <summary>
/// Verifies JSON Web Tokens (RFC 7519): the signature, times, audience and issuer, and the claims that the hub uses. Other
/// claims are ignored. Safe from any thread.
/// </summary>
/// <remarks>If the keys of an identity provider are required and cannot be fetched, the status is <see cref="TokenStatus.Unavailable"/>: the token is then neither accepted nor rejected.</remarks>
public sealed class TokenVerifier : ITokenVerifier
{
    private delegate TToken? Reader<TToken>(JsonElement claims, string userIdClaim, out string fault);

    /// <summary>
    /// The name of the HTTP client that fetches key sets. <c>services.AddHttpClient(TokenVerifier.HttpClientName)</c> configures it,
    /// for example its proxy; by default it follows no redirects and stores no cookies.
    /// </summary>
    public const string HttpClientName = "Duplex.KeySets";

    private readonly TokenChecker _connections;
    private readonly TokenChecker _subscriptions;
    private readonly TokenLog _log;

    /// <summary>Creates a verifier.</summary>
    /// <param name="connectionTokens">The keys and claims of connection tokens.</param>
    /// <param name="subscriptionTokens">The keys and claims of subscription tokens; null uses those of connection tokens.</param>
    /// <param name="time">The clock for expiry.</param>
    /// <param name="http">Creates the client that fetches the keys of identity providers, by the name <see cref="HttpClientName"/>; null if <see cref="TokenOptions.JwksPublicEndpoint"/> is not set.</param>
    /// <param name="logger">Logs failures to fetch the keys of an identity provider; null disables logging. <see cref="TokenVerdict{TToken}.Reason"/>, which the hub logs, is the reason for which a token is rejected.</param>
    /// <exception cref="ArgumentException">A key is not in PEM, a pattern is malformed, or an endpoint is set and <paramref name="http"/> is null.</exception>
    public TokenVerifier(
        TokenOptions connectionTokens, TokenOptions? subscriptionTokens, TimeProvider time, IHttpClientFactory? http = null, ILogger<TokenVerifier>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(connectionTokens);
        ArgumentNullException.ThrowIfNull(time);
        _log = new TokenLog(logger ?? NullLogger<TokenVerifier>.Instance);
        _connections = Checker(connectionTokens);
        _subscriptions = subscriptionTokens is null ? _connections : Checker(subscriptionTokens);

        TokenChecker Checker(TokenOptions options) => new(
            options, time, options.JwksPublicEndpoint is { } endpoint ? new KeySetSource(endpoint, time, http ?? throw new ArgumentException("JwksPublicEndpoint needs an IHttpClientFactory.", nameof(http)), _log) : null);
    }

    /// <summary>Whether tokens are accepted without verification of their signatures.</summary>
    internal bool IsInsecure => _connections.IsInsecure || _subscriptions.IsInsecure;

    /// <inheritdoc/>
    public ValueTask<TokenVerdict<ConnectionToken>> VerifyConnectionAsync(string token, CancellationToken cancellationToken) =>
        VerifyAsync<ConnectionToken>(_connections, token, TokenClaims.ReadConnection, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TokenVerdict<SubscriptionToken>> VerifySubscriptionAsync(string token, CancellationToken cancellationToken) =>
        VerifyAsync<SubscriptionToken>(_subscriptions, token, TokenClaims.ReadSubscription, cancellationToken);

    private static async ValueTask<TokenVerdict<TToken>> VerifyAsync<TToken>(
        TokenChecker checker, string token, Reader<TToken> read, CancellationToken cancellationToken)
        where TToken : class
    {
        ArgumentNullException.ThrowIfNull(token);
        TokenFault fault;
        try
        {
            var (claims, found) = await checker.CheckAsync(token, cancellationToken).ConfigureAwait(false);
            var reason = "";
            if (found is null && read(claims, checker.UserIdClaim, out reason) is { } valid) return new TokenVerdict<TToken>(TokenStatus.Valid, valid);
            fault = found ?? TokenFault.Invalid(reason);
        }
        catch (InvalidOperationException)
        {
            // RFC 8259 8.2: JSON can contain unpaired surrogates.
            fault = TokenFault.Invalid("a string in it contains an unpaired surrogate");
        }

        return new TokenVerdict<TToken>(fault.Status) { Reason = fault.Reason };
    }
}

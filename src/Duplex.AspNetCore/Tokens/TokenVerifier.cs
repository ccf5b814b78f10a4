using System.Text.Json;
using Duplex.Messaging.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.AspNetCore.Tokens;

/// <summary>
/// Checks JSON Web Tokens (RFC 7519): signature, times, audience, issuer, and what the claims say. Claims that nothing
/// depends on are not looked at. Safe from any thread.
/// </summary>
/// <remarks>When the keys of an identity provider are needed and cannot be fetched, the status is <see cref="TokenStatus.Unavailable"/>: the token is then neither good nor bad.</remarks>
public sealed class TokenVerifier : ITokenVerifier
{
    private delegate TToken? Reader<TToken>(JsonElement claims, string userIdClaim, out string fault);

    /// <summary>
    /// The name of the HTTP client that fetches key sets. <c>services.AddHttpClient(TokenVerifier.HttpClientName)</c> configures it,
    /// such as its proxy; by default it follows no redirection and keeps no cookie.
    /// </summary>
    public const string HttpClientName = "Duplex.KeySets";

    private readonly TokenChecker _connections;
    private readonly TokenChecker _subscriptions;
    private readonly TokenLog _log;

    /// <summary>Creates a verifier.</summary>
    /// <param name="connectionTokens">The keys and claims of connection tokens.</param>
    /// <param name="subscriptionTokens">The keys and claims of subscription tokens; null: those of connection tokens.</param>
    /// <param name="time">The clock that expiry is measured with.</param>
    /// <param name="http">Creates the client that fetches the keys of identity providers, by the name <see cref="HttpClientName"/>; null where no options have <see cref="TokenOptions.JwksPublicEndpoint"/>.</param>
    /// <param name="logger">Logs when the keys of an identity provider cannot be fetched; null: nothing is logged. Why a token is refused is in <see cref="TokenVerdict{TToken}.Reason"/>, which the hub logs.</param>
    /// <exception cref="ArgumentException">A key is not in PEM, a pattern is malformed, or there is an endpoint and no <paramref name="http"/>.</exception>
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

    /// <summary>Whether tokens are taken without a look at their signatures.</summary>
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
            // RFC 8259 8.2: JSON can say what no text can be.
            fault = TokenFault.Invalid("a text in it holds half of a character");
        }

        return new TokenVerdict<TToken>(fault.Status) { Reason = fault.Reason };
    }
}

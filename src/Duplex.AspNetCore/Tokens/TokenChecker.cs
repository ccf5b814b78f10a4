using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Verifies the signature, times, issuer and audience of a token, and returns its claims.</summary>
internal sealed class TokenChecker(TokenOptions options, TimeProvider time, KeySetSource? keySet)
{
    private readonly Regex? _audience = TokenOptions.PatternOf(options.AudiencePattern);
    private readonly Regex? _issuer = TokenOptions.PatternOf(options.IssuerPattern);
    private readonly TokenSignature _signature = new(options, time, keySet);

    public string UserIdClaim => options.UserIdClaim;

    public bool IsInsecure => options.InsecureSkipSignatureVerification;

    /// <returns>The claims, or the fault of the token.</returns>
    public async ValueTask<(JsonElement Claims, TokenFault? Fault)> CheckAsync(string text, CancellationToken cancellationToken)
    {
        if (CompactToken.Parse(text, out var reason) is not { } token) return (default, TokenFault.Invalid(reason));
        if (!options.InsecureSkipSignatureVerification && await _signature.CheckAsync(token, cancellationToken).ConfigureAwait(false) is { } fault) return (default, fault);
        var claims = new ClaimReader(new(token.Claims));
        return (token.Claims, CheckTimes(claims) ?? CheckParties(claims));
    }

    // RFC 7519 4.1.4 and 4.1.5. A token that is not yet valid has the status of an expired one: a new token may be valid.
    private TokenFault? CheckTimes(ClaimReader claims)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (claims.Seconds("exp", out var expires) is { } expiryFault) return TokenFault.Invalid(expiryFault);
        if (claims.Seconds("nbf", out var notBefore) is { } startFault) return TokenFault.Invalid(startFault);
        if (expires <= now) return TokenFault.Expired(string.Create(CultureInfo.InvariantCulture, $"it expired {now - expires} s ago"));
        return notBefore > now ? TokenFault.Expired(string.Create(CultureInfo.InvariantCulture, $"it is not valid for another {notBefore - now} s")) : null;
    }

    private TokenFault? CheckParties(ClaimReader claims)
    {
        if (options.Issuer is not null || _issuer is not null)
        {
            // RFC 7519 4.1.1: a string.
            if (claims.Text("iss", out var issuer) is { } issuerFault) return TokenFault.Invalid(issuerFault);
            if (issuer is null || !Fits(issuer, options.Issuer, _issuer)) return TokenFault.Invalid("iss is not an accepted issuer");
        }

        if (options.Audience is null && _audience is null) return null;
        // RFC 7519 4.1.3: one string, or an array of them.
        if (claims.Texts("aud", out var audiences) is not null) return TokenFault.Invalid("aud is neither a string nor a list of strings");
        return audiences.Any(audience => Fits(audience, options.Audience, _audience)) ? null : TokenFault.Invalid("aud contains no accepted audience");
    }

    private static bool Fits(string text, string? exact, Regex? pattern) =>
        (exact is null || string.Equals(text, exact, StringComparison.Ordinal)) && (pattern is null || pattern.IsMatch(text));
}

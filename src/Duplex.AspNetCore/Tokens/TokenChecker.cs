using System.Text.Json;
using System.Text.RegularExpressions;
using Duplex.Messaging.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Checks what all tokens have in common, and hands out the claims.</summary>
internal sealed class TokenChecker(TokenOptions options, TimeProvider time, HttpClient http)
{
    // Longer tokens than the whole first message of a client can hold are nobody's.
    private const int MaxTokenChars = 64 * 1024;

    private readonly TokenSignature _signature = new(options, time, http);

    public string UserIdClaim => options.UserIdClaim;

    public bool IsInsecure => options.InsecureSkipSignatureVerification;

    public async ValueTask<(TokenStatus Status, JsonElement Claims)> CheckAsync(string token, CancellationToken cancellationToken)
    {
        if (!TryParse(token, out var jwt, out var claims)) return (TokenStatus.Invalid, default);
        if (!options.InsecureSkipSignatureVerification && !await _signature.IsGenuineAsync(jwt, cancellationToken).ConfigureAwait(false))
            return (TokenStatus.Invalid, default);

        var times = CheckTimes(claims);
        if (times != TokenStatus.Valid) return (times, default);
        return IsForUs(claims) ? (TokenStatus.Valid, claims) : (TokenStatus.Invalid, default);
    }

    private static bool TryParse(string token, out JsonWebToken jwt, out JsonElement claims)
    {
        jwt = null!;
        claims = default;
        if (token.Length > MaxTokenChars) return false;
        try
        {
            jwt = new JsonWebToken(token);
            // RFC 7519 5.2: encrypted tokens are not spoken here, and their payload is no JSON.
            if (jwt.IsEncrypted) return false;
            using var document = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload));
            claims = document.RootElement.Clone();
            return claims.ValueKind == JsonValueKind.Object;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return false;
        }
    }

    // RFC 7519 4.1.4 and 4.1.5. A token that is not yet in force is answered like one that no longer is: a new one helps.
    private TokenStatus CheckTimes(JsonElement claims)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (!ClaimReader.TrySeconds(claims, "exp", out var expires)) return TokenStatus.Invalid;
        if (!ClaimReader.TrySeconds(claims, "nbf", out var notBefore)) return TokenStatus.Invalid;
        return expires <= now || notBefore > now ? TokenStatus.Expired : TokenStatus.Valid;
    }

    private bool IsForUs(JsonElement claims)
    {
        if (options.Issuer is not null || options.IssuerPattern is not null)
        {
            if (ClaimReader.Text(claims, "iss") is not { } issuer || !Fits(issuer, options.Issuer, options.IssuerPattern)) return false;
        }

        if (options.Audience is null && options.AudiencePattern is null) return true;
        // RFC 7519 4.1.3: one string, or an array of them.
        return ClaimReader.Texts(claims, "aud").Any(audience => Fits(audience, options.Audience, options.AudiencePattern));
    }

    private static bool Fits(string text, string? exact, Regex? pattern) =>
        (exact is null || string.Equals(text, exact, StringComparison.Ordinal)) && (pattern is null || pattern.IsMatch(text));
}

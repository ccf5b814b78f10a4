using System.Text.RegularExpressions;

namespace Duplex.AspNetCore.Tokens;

/// <summary>What makes a token genuine. Without any key, no token is. Read when the verifier is made.</summary>
public sealed class TokenOptions
{
    /// <summary>The secret shared with the backend, for HS256, HS384 and HS512.</summary>
    public string? HmacSecretKey { get; set; }

    /// <summary>The secret before the present one, which stays valid while tokens made with it are about.</summary>
    public string? HmacPreviousSecretKey { get; set; }

    /// <summary>When <see cref="HmacPreviousSecretKey"/> stops to be valid. Null: not of itself.</summary>
    public DateTimeOffset? HmacPreviousSecretKeyValidUntil { get; set; }

    /// <summary>The backend's RSA key in PEM, for RS256, RS384 and RS512.</summary>
    public string? RsaPublicKey { get; set; }

    /// <summary>The backend's elliptic-curve key in PEM, for ES256, ES384 and ES512, whichever its curve belongs to.</summary>
    public string? EcdsaPublicKey { get; set; }

    /// <summary>Where the identity provider publishes its keys (RFC 7517), for RSA, elliptic curves and EdDSA.</summary>
    public Uri? JwksPublicEndpoint { get; set; }

    /// <summary>The audience a token must name. Null: any, and none.</summary>
    public string? Audience { get; set; }

    /// <summary>A pattern that one of a token's audiences must match. Null: any, and none.</summary>
    public Regex? AudiencePattern { get; set; }

    /// <summary>The issuer a token must name. Null: any, and none.</summary>
    public string? Issuer { get; set; }

    /// <summary>A pattern that a token's issuer must match. Null: any, and none.</summary>
    public Regex? IssuerPattern { get; set; }

    /// <summary>The claim that holds the user's id. Default: <c>sub</c>.</summary>
    public string UserIdClaim { get; set; } = "sub";

    /// <summary>Believes tokens without looking at their signatures. For development only. Default false.</summary>
    public bool InsecureSkipSignatureVerification { get; set; }
}

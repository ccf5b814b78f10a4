using System.Text.RegularExpressions;
using Duplex.Configuration;

namespace Duplex.AspNetCore.Tokens;

/// <summary>
/// The keys and claims that a token must match. Without any key, no token is valid. The configuration section is
/// <c>Duplex:Tokens</c>; separate options of subscription tokens are in <c>Duplex:Tokens:Subscriptions</c>. The verifier reads
/// the options when it is created.
/// </summary>
public sealed class TokenOptions
{
    // The limit of a match, so that a pattern with excessive backtracking does not block a thread.
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The secret shared with the backend, for HS256, HS384 and HS512.</summary>
    public string? HmacSecretKey { get; set; }

    /// <summary>The previous secret, which stays valid while clients hold tokens signed with it.</summary>
    public string? HmacPreviousSecretKey { get; set; }

    /// <summary>Expiry of <see cref="HmacPreviousSecretKey"/>. Null: it never expires.</summary>
    public DateTimeOffset? HmacPreviousSecretKeyValidUntil { get; set; }

    /// <summary>The backend's RSA key in PEM, for RS256, RS384 and RS512.</summary>
    public string? RsaPublicKey { get; set; }

    /// <summary>The backend's elliptic-curve key in PEM, for ES256, ES384 or ES512, according to its curve.</summary>
    public string? EcdsaPublicKey { get; set; }

    /// <summary>The http or https URL of the identity provider's key set (RFC 7517), for RSA, elliptic curves and EdDSA.</summary>
    public Uri? JwksPublicEndpoint { get; set; }

    /// <summary>The audience that a token must contain. Null: the audience is not checked.</summary>
    public string? Audience { get; set; }

    /// <summary>A regular expression that one of a token's audiences must match. Null: the audience is not checked.</summary>
    public string? AudiencePattern { get; set; }

    /// <summary>The issuer that a token must have. Null: the issuer is not checked.</summary>
    public string? Issuer { get; set; }

    /// <summary>A regular expression that a token's issuer must match. Null: the issuer is not checked.</summary>
    public string? IssuerPattern { get; set; }

    /// <summary>The claim that contains the user's id. Default: <c>sub</c>.</summary>
    public string UserIdClaim { get; set; } = "sub";

    /// <summary>Whether the verification of signatures is skipped. For development only. Default false.</summary>
    public bool InsecureSkipSignatureVerification { get; set; }

    /// <summary>Reports every value that is malformed.</summary>
    /// <param name="faults">Receives the faults.</param>
    internal void Check(OptionFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        CheckPattern(nameof(AudiencePattern), AudiencePattern, faults);
        CheckPattern(nameof(IssuerPattern), IssuerPattern, faults);
        if (JwksPublicEndpoint is { } address && (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https")))
            faults.Add(nameof(JwksPublicEndpoint), address, "an http or https address");
        if (UserIdClaim is null or "") faults.Add(nameof(UserIdClaim), UserIdClaim, "the name of a claim");
    }

    /// <exception cref="ArgumentException">The text is not a regular expression.</exception>
    internal static Regex? PatternOf(string? text) => text is null ? null : new Regex(text, RegexOptions.CultureInvariant, MatchTimeout);

    private static void CheckPattern(string name, string? text, OptionFaults faults)
    {
        try
        {
            _ = PatternOf(text);
        }
        catch (ArgumentException exception)
        {
            faults.Add(name, $"a regular expression is expected: {exception.Message}");
        }
    }
}

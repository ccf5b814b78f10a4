using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Says whether a token was signed by somebody we trust.</summary>
internal sealed class TokenSignature
{
    // RFC 7518 section 3.1. The key decides what an algorithm may be used with: a token cannot talk us into taking a
    // public key for a secret, nor into "none".
    private static readonly string[] Symmetric = [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.HmacSha384, SecurityAlgorithms.HmacSha512];
    private static readonly string[] Rsa = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];
    private static readonly string[] Elliptic = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512];

    private readonly TokenOptions _options;
    private readonly TimeProvider _time;
    private readonly SymmetricSecurityKey? _secret;
    private readonly SymmetricSecurityKey? _previousSecret;
    private readonly RsaSecurityKey? _rsa;
    private readonly ECDsaSecurityKey? _elliptic;
    private readonly KeySetSource? _keySet;
    private readonly JsonWebTokenHandler _handler = new();

    public TokenSignature(TokenOptions options, TimeProvider time, HttpClient http)
    {
        _options = options;
        _time = time;
        _secret = Secret(options.HmacSecretKey);
        _previousSecret = Secret(options.HmacPreviousSecretKey);
        if (!string.IsNullOrEmpty(options.RsaPublicKey))
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(options.RsaPublicKey);
            _rsa = new RsaSecurityKey(rsa);
        }

        if (!string.IsNullOrEmpty(options.EcdsaPublicKey))
        {
            var elliptic = ECDsa.Create();
            elliptic.ImportFromPem(options.EcdsaPublicKey);
            _elliptic = new ECDsaSecurityKey(elliptic);
        }

        if (options.JwksPublicEndpoint is not null) _keySet = new KeySetSource(options.JwksPublicEndpoint, time, http);
    }

    public async ValueTask<bool> IsGenuineAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        if (token.Alg is "EdDSA" or "Ed25519")
        {
            var published = await PublishedKeysAsync(token, cancellationToken).ConfigureAwait(false);
            return published.Any(key => Ed25519Key.Verifies(key, token));
        }

        var keys = LocalKeys(token.Alg);
        if (keys.Count == 0 && !Symmetric.Contains(token.Alg)) keys = await PublishedKeysAsync(token, cancellationToken).ConfigureAwait(false);
        if (keys.Count == 0) return false;

        var parameters = new TokenValidationParameters
        {
            IssuerSigningKeys = keys,
            ValidAlgorithms = [token.Alg],
            TryAllIssuerSigningKeys = true,
            RequireSignedTokens = true,
            // The rest is checked on our clock, with answers of our own.
            RequireExpirationTime = false,
            ValidateLifetime = false,
            ValidateIssuer = false,
            ValidateAudience = false,
        };
        return (await _handler.ValidateTokenAsync(token, parameters).ConfigureAwait(false)).IsValid;
    }

    private List<SecurityKey> LocalKeys(string algorithm)
    {
        List<SecurityKey> keys = [];
        if (Symmetric.Contains(algorithm))
        {
            if (_secret is not null) keys.Add(_secret);
            var isPreviousValid = _options.HmacPreviousSecretKeyValidUntil is not { } until || _time.GetUtcNow() < until;
            if (_previousSecret is not null && isPreviousValid) keys.Add(_previousSecret);
        }
        else if (Rsa.Contains(algorithm) && _rsa is not null)
        {
            keys.Add(_rsa);
        }
        else if (Elliptic.Contains(algorithm) && _elliptic is not null)
        {
            keys.Add(_elliptic);
        }

        return keys;
    }

    private async ValueTask<List<SecurityKey>> PublishedKeysAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        if (_keySet is null) return [];
        var keys = await _keySet.FindAsync(token.Kid, cancellationToken).ConfigureAwait(false);
        return [.. keys.Where(key => key.Kty != JsonWebAlgorithmsKeyTypes.Octet)];
    }

    // RFC 2104 section 2: a key shorter than the hash's block is padded with zeros, so padding it here changes no
    // signature, and the library accepts the short secrets that people have.
    private static SymmetricSecurityKey? Secret(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length < 64) Array.Resize(ref bytes, 64);
        return new SymmetricSecurityKey(bytes);
    }
}

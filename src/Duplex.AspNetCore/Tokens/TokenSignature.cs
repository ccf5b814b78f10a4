using System.Security.Cryptography;
using System.Text;
using Duplex.Execution;
using Microsoft.IdentityModel.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Verifies the signature of a token with the configured keys.</summary>
internal sealed class TokenSignature
{
    // RFC 7518 section 3.1. Each family of algorithms uses only keys of its own type, so that a token can neither cause a
    // public key to be used as a secret nor select the algorithm "none".
    private static readonly string[] Symmetric = [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.HmacSha384, SecurityAlgorithms.HmacSha512];
    private static readonly string[] Rsa = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];
    private static readonly string[] Elliptic = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512];
    private static readonly string[] Edwards = ["EdDSA", "Ed25519"];

    private readonly TokenOptions _options;
    private readonly TimeProvider _time;
    private readonly SymmetricSecurityKey? _secret;
    private readonly SymmetricSecurityKey? _previousSecret;
    private readonly RsaSecurityKey? _rsa;
    private readonly ECDsaSecurityKey? _elliptic;
    private readonly KeySetSource? _keySet;

    public TokenSignature(TokenOptions options, TimeProvider time, KeySetSource? keySet)
    {
        _options = options;
        _time = time;
        _keySet = keySet;
        _secret = Secret(options.HmacSecretKey);
        _previousSecret = Secret(options.HmacPreviousSecretKey);
        if (!string.IsNullOrEmpty(options.RsaPublicKey))
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(options.RsaPublicKey);
            _rsa = new RsaSecurityKey(rsa);
        }

        if (string.IsNullOrEmpty(options.EcdsaPublicKey)) return;
        var elliptic = ECDsa.Create();
        elliptic.ImportFromPem(options.EcdsaPublicKey);
        _elliptic = new ECDsaSecurityKey(elliptic);
    }

    /// <returns>The fault of the signature; null if it is valid.</returns>
    public async ValueTask<TokenFault?> CheckAsync(CompactToken token, CancellationToken cancellationToken)
    {
        var isSymmetric = Symmetric.Contains(token.Algorithm);
        var isEdwards = Edwards.Contains(token.Algorithm);
        if (!isSymmetric && !isEdwards && !Rsa.Contains(token.Algorithm) && !Elliptic.Contains(token.Algorithm))
            return TokenFault.Invalid($"its algorithm, {LogText.Of(token.Algorithm)}, is not supported");

        var keys = LocalKeys(token.Algorithm);
        if (keys.Count == 0 && !isSymmetric && _keySet is not null)
        {
            if (await _keySet.FindAsync(token.KeyId, cancellationToken).ConfigureAwait(false) is not { } published) return TokenFault.NoKeys;
            keys = [.. published.Where(static key => key.Kty != JsonWebAlgorithmsKeyTypes.Octet)];
        }

        if (keys.Count == 0) return TokenFault.Invalid($"no key matches its algorithm, {token.Algorithm}, and key id, {LogText.Of(token.KeyId ?? "none")}");
        foreach (var key in keys)
        {
            if (isEdwards ? Ed25519Key.Verifies(key, token) : Verifies(key, token)) return null;
        }

        return TokenFault.Invalid($"its signature ({token.Algorithm}) does not match any configured key");
    }

    private static bool Verifies(SecurityKey key, CompactToken token)
    {
        var factory = key.CryptoProviderFactory;
        SignatureProvider? provider = null;
        try
        {
            if (!factory.IsSupportedAlgorithm(token.Algorithm, key)) return false;
            provider = factory.CreateForVerifying(key, token.Algorithm);
            return provider.Verify(token.Signed, token.Signature);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or NotSupportedException or CryptographicException)
        {
            // The published key is malformed or too short.
            return false;
        }
        finally
        {
            if (provider is not null) factory.ReleaseSignatureProvider(provider);
        }
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

    // RFC 2104 section 2: HMAC pads a key shorter than the hash's block with zeros, so padding it here changes no
    // signature, and the library, which rejects short keys, accepts it.
    private static SymmetricSecurityKey? Secret(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length < 64) Array.Resize(ref bytes, 64);
        return new SymmetricSecurityKey(bytes);
    }
}

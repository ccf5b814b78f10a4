using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Duplex.AspNetCore.Tests.Tokens;

/// <summary>Makes tokens with the platform's own cryptography: nothing of the library under test.</summary>
internal static class TokenMint
{
    public static string Hmac(string claims, string secret, string algorithm = "HS256") => Sign(algorithm, claims, signed => algorithm switch
    {
        "HS256" => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed),
        "HS384" => HMACSHA384.HashData(Encoding.UTF8.GetBytes(secret), signed),
        _ => HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), signed),
    });

    public static string Rsa(string claims, RSA key, string algorithm = "RS256", string? keyId = null) =>
        Sign(algorithm, claims, signed => key.SignData(signed, Hash(algorithm), RSASignaturePadding.Pkcs1), keyId);

    public static string Elliptic(string claims, ECDsa key, string algorithm = "ES256", string? keyId = null) =>
        Sign(algorithm, claims, signed => key.SignData(signed, Hash(algorithm)), keyId);

    public static string Edwards(string claims, byte[] privateKey, string? keyId = null) => Sign(
        "EdDSA",
        claims,
        signed =>
        {
            var signature = new byte[Ed25519.SignatureSize];
            Ed25519.Sign(privateKey, 0, signed, 0, signed.Length, signature, 0);
            return signature;
        },
        keyId);

    /// <summary>A token signed with HS256 whose header is as it is said.</summary>
    public static string WithHeader(string header, string claims, string secret)
    {
        var signed = $"{Base64Url(Encoding.UTF8.GetBytes(header))}.{Base64Url(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Unsigned(string claims) => Sign("none", claims, _ => []);

    public static string Base64Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static string Sign(string algorithm, string claims, Func<byte[], byte[]> sign, string? keyId = null)
    {
        var header = keyId is null
            ? $$"""{"alg":"{{algorithm}}","typ":"JWT"}"""
            : $$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{keyId}}"}""";
        var signed = $"{Base64Url(Encoding.UTF8.GetBytes(header))}.{Base64Url(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static HashAlgorithmName Hash(string algorithm) => algorithm[2..] switch
    {
        "256" => HashAlgorithmName.SHA256,
        "384" => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };
}

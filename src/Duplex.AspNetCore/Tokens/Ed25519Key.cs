using Microsoft.IdentityModel.Tokens;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Duplex.AspNetCore.Tokens;

/// <summary>EdDSA over Curve25519 (RFC 8037), which neither the platform nor its token library has.</summary>
internal static class Ed25519Key
{
    /// <summary>Whether the key is of this kind and made the token's signature.</summary>
    public static bool Verifies(SecurityKey key, CompactToken token)
    {
        if (key is not JsonWebKey { Kty: "OKP", Crv: "Ed25519", X: { } x }) return false;
        if (!TryDecode(x, Ed25519.PublicKeySize, out var point)) return false;
        return token.Signature.Length == Ed25519.SignatureSize
            && Ed25519.Verify(token.Signature, 0, point, 0, token.Signed, 0, token.Signed.Length);
    }

    private static bool TryDecode(string text, int length, out byte[] bytes)
    {
        bytes = [];
        try
        {
            bytes = Base64UrlEncoder.DecodeBytes(text);
            return bytes.Length == length;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

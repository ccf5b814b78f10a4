using Microsoft.IdentityModel.Tokens;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Verifies EdDSA signatures over Curve25519 (RFC 8037), which neither the platform nor its token library implements.</summary>
internal static class Ed25519Key
{
    /// <summary>Returns whether the key is an Ed25519 key and the token's signature is valid for it.</summary>
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

using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Duplex.AspNetCore.Tokens;

/// <summary>EdDSA over Curve25519 (RFC 8037), which neither the platform nor its token library has.</summary>
internal static class Ed25519Key
{
    /// <summary>Whether the key is of this kind and made the token's signature.</summary>
    public static bool Verifies(SecurityKey key, JsonWebToken token)
    {
        if (key is not JsonWebKey { Kty: "OKP", Crv: "Ed25519", X: { } x }) return false;
        if (!TryDecode(x, Ed25519.PublicKeySize, out var point)) return false;
        if (!TryDecode(token.EncodedSignature, Ed25519.SignatureSize, out var signature)) return false;

        // RFC 7515 5.2: what is signed is the text up to the second dot.
        var signed = Encoding.ASCII.GetBytes($"{token.EncodedHeader}.{token.EncodedPayload}");
        return Ed25519.Verify(signature, 0, point, 0, signed, 0, signed.Length);
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

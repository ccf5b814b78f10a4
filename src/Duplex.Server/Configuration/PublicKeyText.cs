using System.Security.Cryptography;

namespace Duplex.Server.Configuration;

/// <summary>Reads public keys in the forms in which files, variables and secret stores bring them.</summary>
internal static class PublicKeyText
{
    private const string Begin = "-----BEGIN ";

    /// <summary>Returns the key in PEM, empty when there is none, or what is wrong with it.</summary>
    public static (string? Pem, string? Fault) Read(string text, bool isRsa)
    {
        // Line breaks that are written out are the convention of variables.
        var pem = text.Trim().Replace("\\r\\n", "\n", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
        if (pem.Length == 0) return ("", null);
        if (pem[0] is '"' or '\'') return Wrong("the key stands in quotes: leave them out.");
        if (!pem.Contains(Begin, StringComparison.Ordinal)) return Wrong(WithoutFrame(pem));
        if (pem.Contains(Begin + "CERTIFICATE", StringComparison.Ordinal))
            return Wrong("a certificate is not a public key: \"openssl x509 -in FILE -noout -pubkey\" prints the one in it.");
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal)) return Wrong("the key is a private one, and encrypted: \"openssl pkey -in FILE -pubout\" prints its public key.");

        if (FaultOf(pem, isRsa) is not { } fault) return (pem, null);
        return Wrong(FaultOf(pem, !isRsa) is null
            ? isRsa ? "the key is one of an elliptic curve: set ecdsa_public_key." : "the key is an RSA key: set rsa_public_key."
            : $"a public key in PEM is expected: {fault}");

        static (string?, string?) Wrong(string fault) => (null, fault);
    }

    private static string WithoutFrame(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return "a public key in PEM is expected, which begins with \"-----BEGIN PUBLIC KEY-----\".";
        return bytes.AsSpan(0, length).StartsWith("-----BEGIN "u8)
            ? "the key is encoded in base64 once more: give the PEM itself."
            : "the lines \"-----BEGIN PUBLIC KEY-----\" and \"-----END PUBLIC KEY-----\" are missing.";
    }

    private static string? FaultOf(string pem, bool isRsa)
    {
        try
        {
            using AsymmetricAlgorithm key = isRsa ? RSA.Create() : ECDsa.Create();
            key.ImportFromPem(pem);
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return exception.Message;
        }
    }
}

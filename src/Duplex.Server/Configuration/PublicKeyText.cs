using System.Security.Cryptography;

namespace Duplex.Server.Configuration;

/// <summary>Parses public keys in the forms that files, environment variables and secret stores contain.</summary>
internal static class PublicKeyText
{
    private const string Begin = "-----BEGIN ";

    /// <summary>Returns the key in PEM, which is empty for an empty text, or the fault.</summary>
    public static (string? Pem, string? Fault) Read(string text, bool isRsa)
    {
        // Environment variables conventionally contain escaped line breaks.
        var pem = text.Trim().Replace("\\r\\n", "\n", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
        if (pem.Length == 0) return ("", null);
        if (pem[0] is '"' or '\'') return Wrong("the key is in quotes: remove them.");
        if (!pem.Contains(Begin, StringComparison.Ordinal)) return Wrong(WithoutFrame(pem));
        if (pem.Contains(Begin + "CERTIFICATE", StringComparison.Ordinal))
            return Wrong("a certificate is not a public key: \"openssl x509 -in FILE -noout -pubkey\" prints the one in it.");
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal)) return Wrong("the key is an encrypted private key: \"openssl pkey -in FILE -pubout\" prints its public key.");

        if (FaultOf(pem, isRsa) is not { } fault) return (pem, null);
        return Wrong(FaultOf(pem, !isRsa) is null
            ? isRsa ? "the key is an elliptic-curve key: set ecdsa_public_key." : "the key is an RSA key: set rsa_public_key."
            : $"a public key in PEM is expected: {fault}");

        static (string?, string?) Wrong(string fault) => (null, fault);
    }

    private static string WithoutFrame(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return "a public key in PEM is expected, which begins with \"-----BEGIN PUBLIC KEY-----\".";
        return bytes.AsSpan(0, length).StartsWith("-----BEGIN "u8)
            ? "the PEM text is itself encoded in base64: set the PEM text."
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

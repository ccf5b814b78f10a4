using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Duplex.Server.CommandLine;

namespace Duplex.Server.Configuration;

/// <summary>The settings of the server certificate: PEM text or PEM files.</summary>
internal sealed class TlsSettings
{
    private const string Path = "http_server.tls";

    public bool IsEnabled { get; set; }

    public string CertificatePem { get; set; } = "";

    public string CertificateFile { get; set; } = "";

    public string KeyPem { get; set; } = "";

    public string KeyFile { get; set; } = "";

    /// <summary>The files of the certificate and of its key; a part that the configuration contains as text has none.</summary>
    public IEnumerable<string> Files
    {
        get
        {
            if (CertificatePem.Length == 0) yield return CertificateFile;
            if (KeyPem.Length == 0) yield return KeyFile;
        }
    }

    /// <summary>Returns the fault of the settings; null: they are valid.</summary>
    public string? Fault()
    {
        try
        {
            foreach (var certificate in Load()) certificate.Dispose();
            return null;
        }
        catch (UsageException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Loads the server's certificate with its key, followed by the intermediate certificates in the order of the file.</summary>
    /// <exception cref="UsageException">The certificate or its key is missing or invalid.</exception>
    public X509Certificate2Collection Load()
    {
        var pem = Read(CertificatePem, CertificateFile, "cert_pem");
        var key = Read(KeyPem, KeyFile, "key_pem");
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new UsageException($"{Path}.key_pem: the key is encrypted, and there is no option for its password: \"openssl pkey -in FILE -out key.pem\" decrypts it.");
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(pem);
            if (chain.Count == 0) throw new UsageException($"{Path}.cert_pem: a certificate in PEM is expected, which begins with \"-----BEGIN CERTIFICATE-----\".");
            chain[0] = X509Certificate2.CreateFromPem(pem, key);
            return chain;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new UsageException($"{Path}: the first certificate must be the server's own, and the key must be its key, both in PEM: {exception.Message}");
        }
    }

    private static string Read(string text, string file, string name)
    {
        // Environment variables conventionally contain escaped line breaks.
        if (text.Length > 0) return text.Replace("\\r\\n", "\n", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
        if (file.Length == 0) throw new UsageException($"{Path}.{name} or {Path}.{name}_file is missing.");
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{Path}.{name}_file: {exception.Message}");
        }
    }
}

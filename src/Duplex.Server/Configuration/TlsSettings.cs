using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Duplex.Server.CommandLine;

namespace Duplex.Server.Configuration;

/// <summary>The certificate that the server shows, as PEM or as files of it.</summary>
internal sealed class TlsSettings
{
    private const string Path = "http_server.tls";

    public bool IsEnabled { get; set; }

    public string CertificatePem { get; set; } = "";

    public string CertificateFile { get; set; } = "";

    public string KeyPem { get; set; } = "";

    public string KeyFile { get; set; } = "";

    /// <summary>The files that the certificate and its key are read from; none for what stands in the configuration itself.</summary>
    public IEnumerable<string> Files
    {
        get
        {
            if (CertificatePem.Length == 0) yield return CertificateFile;
            if (KeyPem.Length == 0) yield return KeyFile;
        }
    }

    /// <summary>What is wrong; null: nothing.</summary>
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

    /// <summary>The server's certificate with its key, and behind it those of the authorities in between, as the file has them.</summary>
    /// <exception cref="UsageException">Something is missing or is no certificate with its key.</exception>
    public X509Certificate2Collection Load()
    {
        var pem = Read(CertificatePem, CertificateFile, "cert_pem");
        var key = Read(KeyPem, KeyFile, "key_pem");
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new UsageException($"{Path}.key_pem: the key is encrypted, and there is no option for its password: \"openssl pkey -in FILE -out key.pem\" writes it in the clear.");
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(pem);
            if (chain.Count == 0) throw new UsageException($"{Path}.cert_pem: no certificate in PEM, which begins with \"-----BEGIN CERTIFICATE-----\".");
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
        // Line breaks that are written out are the convention of variables.
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

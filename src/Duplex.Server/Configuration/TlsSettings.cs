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

    /// <exception cref="UsageException">Something is missing or is no certificate with its key.</exception>
    public X509Certificate2 Load()
    {
        var certificate = Read(CertificatePem, CertificateFile, "cert_pem");
        var key = Read(KeyPem, KeyFile, "key_pem");
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new UsageException($"{Path}: no certificate with its key in PEM: {exception.Message}");
        }
    }

    private static string Read(string text, string file, string name)
    {
        if (text.Length > 0) return text;
        if (file.Length == 0) throw new UsageException($"{Path}.{name} or {Path}.{name}_file is missing.");
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{Path}.{name}_file: {exception.Message}");
        }
    }
}

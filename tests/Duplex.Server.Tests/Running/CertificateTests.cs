using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Duplex.Server.Configuration;
using Duplex.Server.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Server.Tests.Running;

/// <summary>Certificates as authorities give them: one of the server, those in between, and a root that clients know.</summary>
public sealed class CertificateTests
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset End = DateTimeOffset.UtcNow.AddDays(30);

    [Fact]
    public async Task Client_that_trusts_the_root_alone_trusts_the_server()
    {
        using var root = Authority("CN=Root", null);
        using var between = Authority("CN=Between", root);
        var (certificate, key) = Leaf(between);
        var chain = certificate + "\n" + between.ExportCertificatePem() + "\n";
        await using var server = await ServerProcess.ServeAsync(Configuration(chain, key));

        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Port, server.Token);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { root },
                    RevocationMode = X509RevocationMode.NoCheck,
                    DisableCertificateDownloads = true,
                },
            },
            server.Token);

        Assert.Equal("CN=localhost", tls.RemoteCertificate!.Subject);
        Assert.Equal(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);
    }

    [Fact]
    public async Task Key_that_is_encrypted_is_named()
    {
        using var root = Authority("CN=Root", null);
        using var key = RSA.Create(2048);
        var pem = key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));

        var (exitCode, _, error) = await ServerProcess.RunAsync(
            ["checkconfig", "--config", ServerProcess.TemporaryFile(Configuration(root.ExportCertificatePem(), pem))]);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("http_server.tls.key_pem: the key is encrypted", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_that_is_renewed_is_shown_and_one_without_its_key_is_not()
    {
        using var root = Authority("CN=Root", null);
        var (first, second) = (Leaf(root), Leaf(root));
        var settings = new TlsSettings { CertificateFile = ServerProcess.TemporaryFile(first.Certificate), KeyFile = ServerProcess.TemporaryFile(first.Key) };
        var time = new FakeTimeProvider();
        var source = new CertificateSource(settings, time);
        var shown = source.Current;

        Write(settings.CertificateFile, second.Certificate);
        Assert.Same(shown, source.Current);
        time.Advance(CertificateSource.CheckInterval);
        Assert.Same(shown, source.Current);

        Write(settings.KeyFile, second.Key);
        time.Advance(CertificateSource.CheckInterval);

        Assert.Equal(X509Certificate2.CreateFromPem(second.Certificate).Thumbprint, source.Current.TargetCertificate.Thumbprint);

        // File systems have clocks of their own, too coarse for a test.
        static void Write(string file, string text)
        {
            File.WriteAllText(file, text);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(5));
        }
    }

    private static string Configuration(string certificate, string key) =>
        JsonSerializer.Serialize(new { http_server = new { tls = new { enabled = true, cert_pem_file = ServerProcess.TemporaryFile(certificate), key_pem_file = ServerProcess.TemporaryFile(key) } } });

    private static X509Certificate2 Authority(string name, X509Certificate2? issuer)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (issuer is null) return request.CreateSelfSigned(Begin, End);
        using var certificate = request.Create(issuer, Begin, End, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private static (string Certificate, string Key) Leaf(X509Certificate2 issuer)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(issuer, Begin, End, RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}

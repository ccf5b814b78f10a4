using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Duplex.Server.Configuration;

namespace Duplex.Server.Tests.Configuration;

public sealed class PublicKeyTextTests : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _rsa.Dispose();
        _elliptic.Dispose();
    }

    [Theory]
    [InlineData("\n", "\n")]
    [InlineData("\n", "\\n")]
    [InlineData("\n", "\\r\\n")]
    [InlineData("\n", "\r\n")]
    public void Line_breaks_may_be_written_out(string from, string to)
    {
        var (pem, fault) = PublicKeyText.Read(_rsa.ExportSubjectPublicKeyInfoPem().Replace(from, to, StringComparison.Ordinal), isRsa: true);

        Assert.Null(fault);
        using var read = RSA.Create();
        read.ImportFromPem(pem);
        Assert.Equal(_rsa.ExportSubjectPublicKeyInfo(), read.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Keys_in_other_frames_and_none_are_taken()
    {
        Assert.Null(PublicKeyText.Read(_rsa.ExportRSAPublicKeyPem(), isRsa: true).Fault);
        Assert.Null(PublicKeyText.Read(_rsa.ExportPkcs8PrivateKeyPem(), isRsa: true).Fault);
        Assert.Null(PublicKeyText.Read(_elliptic.ExportSubjectPublicKeyInfoPem(), isRsa: false).Fault);
        Assert.Equal("", PublicKeyText.Read(" ", isRsa: true).Pem);
    }

    [Fact]
    public void What_is_no_public_key_of_the_kind_is_named_for_what_it_is()
    {
        var pem = _rsa.ExportSubjectPublicKeyInfoPem();
        using var certificate = new CertificateRequest("CN=a", _rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));

        ShouldFail($"\"{pem}\"", "in quotes");
        ShouldFail(Convert.ToBase64String(Encoding.ASCII.GetBytes(pem)), "itself encoded in base64");
        ShouldFail(Convert.ToBase64String(_rsa.ExportSubjectPublicKeyInfo()), "the lines");
        ShouldFail(certificate.ExportCertificatePem(), "openssl x509");
        ShouldFail(_rsa.ExportEncryptedPkcs8PrivateKeyPem("a", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)), "encrypted");
        ShouldFail(_elliptic.ExportSubjectPublicKeyInfoPem(), "set ecdsa_public_key");
        ShouldFail("hello", "begins with");
        ShouldFail("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "a public key in PEM is expected");
        Assert.Contains("set rsa_public_key", PublicKeyText.Read(pem, isRsa: false).Fault, StringComparison.Ordinal);

        static void ShouldFail(string text, string expected)
        {
            var (pem, fault) = PublicKeyText.Read(text, isRsa: true);
            Assert.Null(pem);
            Assert.Contains(expected, fault, StringComparison.Ordinal);
        }
    }
}

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Tests.Interop;
using Microsoft.AspNetCore.Hosting;

namespace Duplex.WebSockets.Tests.Client;

public sealed class TlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_speaks_over_TLS_with_a_certificate_it_trusts()
    {
        using var certificate = MakeCertificate();
        await using var server = await KestrelEchoServer.StartAsync(listen: options => options.UseHttps(certificate));
        var options = new WebSocketClientOptions
        {
            Tls = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString(),
            },
        };
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, options, Token);
        await client.SendAsync("secret", Token);
        Assert.Equal("secret", (await client.ReadAllAsync(Token).FirstAsync(Token)).GetText());
        Assert.Equal(Protocol.Closing.CloseCode.NormalClosure, (await client.CloseAsync(cancellationToken: Token)).Code);
    }

    [Fact]
    public async Task Client_refuses_a_certificate_it_does_not_trust()
    {
        using var certificate = MakeCertificate();
        await using var server = await KestrelEchoServer.StartAsync(listen: options => options.UseHttps(certificate));
        var exception = await Assert.ThrowsAsync<WebSocketConnectException>(() => WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token));
        Assert.Equal(ConnectFailure.Tls, exception.Failure);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}

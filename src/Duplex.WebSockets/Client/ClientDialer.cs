using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Duplex.Protocol.Handshake;

namespace Duplex.WebSockets.Client;

/// <summary>Opens a client's transport under one time-out: TCP, proxy, TLS and the handshake.</summary>
internal static class ClientDialer
{
    /// <exception cref="WebSocketConnectException">The connection could not be opened; the exception has the step that failed.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static async Task<(ClientTransport Transport, UpgradeAgreement Agreement)> ConnectAsync(
        Uri uri, WebSocketClientOptions options, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout ?? Timeout.InfiniteTimeSpan, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            var peer = options.Proxy ?? uri;
            await socket.ConnectAsync(new DnsEndPoint(peer.IdnHost, peer.Port), either.Token).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: false);
            if (options.Proxy is not null) await ClientHandshake.OpenTunnelAsync(stream, uri, options, either.Token).ConfigureAwait(false);
            if (uri.Scheme == Uri.UriSchemeWss) stream = await StartTlsAsync(stream, uri, options, either.Token).ConfigureAwait(false);
            var (agreement, rest) = await ClientHandshake.UpgradeAsync(stream, uri, options, either.Token).ConfigureAwait(false);
            return (new ClientTransport(socket, rest.IsEmpty ? stream : new PrefixedStream(rest, stream)), agreement);
        }
        catch (Exception exception)
        {
            if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is WebSocketConnectException) throw;
            if (timeout.IsCancellationRequested)
                throw new WebSocketConnectException(ConnectFailure.Timeout, $"The connection was not established within {options.ConnectTimeout}.", exception);
            if (exception is AuthenticationException)
                throw new WebSocketConnectException(ConnectFailure.Tls, $"TLS failed: {exception.Message}", exception);
            if (exception is SocketException or IOException)
                throw new WebSocketConnectException(ConnectFailure.Network, $"The connection could not be established: {exception.Message}", exception);
            throw;
        }
    }

    private static async Task<Stream> StartTlsAsync(Stream stream, Uri uri, WebSocketClientOptions options, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(WithHost(options.Tls, uri.IdnHost), cancellationToken).ConfigureAwait(false);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // The caller's options may be shared and are copied rather than changed. HTTP/1.1 is the only supported protocol over
    // TLS.
    private static SslClientAuthenticationOptions WithHost(SslClientAuthenticationOptions? options, string host) => new()
    {
        TargetHost = string.IsNullOrEmpty(options?.TargetHost) ? host : options.TargetHost,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        ClientCertificates = options?.ClientCertificates,
        ClientCertificateContext = options?.ClientCertificateContext,
        LocalCertificateSelectionCallback = options?.LocalCertificateSelectionCallback,
        RemoteCertificateValidationCallback = options?.RemoteCertificateValidationCallback,
        CertificateRevocationCheckMode = options?.CertificateRevocationCheckMode ?? default,
        CertificateChainPolicy = options?.CertificateChainPolicy,
        EnabledSslProtocols = options?.EnabledSslProtocols ?? SslProtocols.None,
        CipherSuitesPolicy = options?.CipherSuitesPolicy,
    };
}

using System.Security.Cryptography;
using Duplex.Protocol.Handshake;

namespace Duplex.WebSockets.Client;

/// <summary>Sends a request over a stream and reads the head of the response, within limits.</summary>
internal static class ClientHandshake
{
    private const int ReadBytes = 4096;

    /// <summary>Performs the opening handshake of a WebSocket. RFC 6455 section 4.1.</summary>
    /// <returns>The agreed parameters, and the bytes that followed the response.</returns>
    public static async Task<(UpgradeAgreement Agreement, ReadOnlyMemory<byte> Remainder)> UpgradeAsync(
        Stream stream, Uri uri, WebSocketClientOptions options, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var (head, rest) = await ExchangeAsync(stream, UpgradeRequestWriter.Upgrade(uri, key, options), cancellationToken).ConfigureAwait(false);
        var fault = UpgradeResponseRules.Check(head, key, options.Subprotocols, options.Compression, out var agreement);
        if (fault == UpgradeResponseFault.None) return (agreement, rest);

        var location = fault == UpgradeResponseFault.Redirect ? head.Find("Location") : null;
        var message = fault switch
        {
            UpgradeResponseFault.Redirect => $"The server answered {head.Status}: it redirects to {location ?? "no location"}. Redirects are not followed; connect to that address if you trust it.",
            UpgradeResponseFault.Status => $"The server answered {head.Status}, not 101.",
            _ => $"The server's response is not valid: {fault}.",
        };
        throw new WebSocketConnectException(ConnectFailure.Handshake, message) { Status = head.Status, Location = location, Fault = fault };
    }

    /// <summary>Opens a tunnel through a proxy with CONNECT. RFC 9110 section 9.3.6.</summary>
    public static async Task OpenTunnelAsync(Stream stream, Uri uri, WebSocketClientOptions options, CancellationToken cancellationToken)
    {
        var (head, rest) = await ExchangeAsync(stream, UpgradeRequestWriter.Connect(uri, options), cancellationToken).ConfigureAwait(false);
        if (head.Status is < 200 or > 299)
            throw new WebSocketConnectException(ConnectFailure.Proxy, $"The proxy answered {head.Status}.") { Status = head.Status };

        // The server sends no bytes through the tunnel before the client does, so these bytes come from the proxy.
        if (!rest.IsEmpty) throw new WebSocketConnectException(ConnectFailure.Proxy, "The proxy sent further bytes after its response.") { Status = head.Status };
    }

    private static async Task<(ResponseHead Head, ReadOnlyMemory<byte> Remainder)> ExchangeAsync(
        Stream stream, byte[] request, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);

        var reader = new ResponseHeadReader(HandshakeLimits.Default);
        var received = new byte[ReadBytes];
        for (var length = 0; ;)
        {
            if (length == received.Length) Array.Resize(ref received, 2 * length);
            var count = await stream.ReadAsync(received.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (count == 0) throw new WebSocketConnectException(ConnectFailure.Network, "The connection ended before the response was complete.");
            length += count;
            if (reader.TryRead(received.AsSpan(0, length), out var fault))
                return (reader.Head!, received.AsMemory(reader.HeadLength, length - reader.HeadLength));
            if (fault != UpgradeResponseFault.None)
                throw new WebSocketConnectException(ConnectFailure.Handshake, $"The response is not valid HTTP/1.1: {fault}.") { Fault = fault };
        }
    }
}

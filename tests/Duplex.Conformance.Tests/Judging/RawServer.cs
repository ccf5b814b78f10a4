using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Duplex.Conformance.Tests.Http;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging;

/// <summary>The judge as the server: a listener that a client under test connects to.</summary>
public sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RawServer() => _listener.Start();

    public Uri Address => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/judge");

    /// <summary>Takes the next connection and reads its request.</summary>
    public async Task<(NetworkStream Stream, MessageHead Request)> AcceptAsync(CancellationToken cancellationToken)
    {
        var socket = await _listener.AcceptSocketAsync(cancellationToken);
        socket.NoDelay = true;
        var stream = new NetworkStream(socket, ownsSocket: true);
        return (stream, await MessageHead.ReadAsync(stream, cancellationToken) ?? throw new ViolationException("The client sent no request."));
    }

    /// <summary>Takes the next connection and completes the handshake with these parameters of permessage-deflate.</summary>
    public async Task<RawPeer> OpenAsync(DeflateParameters? deflate, TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource(limit);
        var (stream, request) = await AcceptAsync(cancellation.Token);
        if (deflate is not null)
        {
            var offer = request.One("Sec-WebSocket-Extensions") ?? throw new ViolationException("The client offers no extension.");
            if (!offer.Contains("permessage-deflate", StringComparison.Ordinal)) throw new ViolationException($"The client offers '{offer}'.");
            // RFC 7692 7.1.2.2: only a client that says that it can gets a window to keep to.
            if (!offer.Contains("client_max_window_bits", StringComparison.Ordinal)) deflate = deflate with { ClientMaxWindowBits = null };
        }

        var response = Response(request, deflate is null ? [] : [("Sec-WebSocket-Extensions", deflate.ToString())]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(response), cancellation.Token);
        return new RawPeer(stream.Socket, stream, isClient: false, deflate, limit);
    }

    /// <summary>The correct response to a request, with further fields.</summary>
    public static string Response(MessageHead request, params (string Name, string Value)[] further) =>
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + $"Sec-WebSocket-Accept: {AcceptFor(request.One("Sec-WebSocket-Key")!)}\r\n"
        + string.Concat(further.Select(field => $"{field.Name}: {field.Value}\r\n")) + "\r\n";

    /// <summary>RFC 6455 section 4.2.2, step 5.4.</summary>
    public static string AcceptFor(string key) =>
#pragma warning disable CA5350 // The RFC's hash; it proves that the server read the request and guards nothing.
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350

    public void Dispose() => _listener.Dispose();
}
